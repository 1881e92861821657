//! The text of a page: its content streams and the form XObjects in them (ISO
//! 32000-2, 8.2, 8.10 and 9.4).

use std::collections::HashMap;
use std::rc::Rc;

use super::super::document::Document;
use super::super::filters::Room;
use super::super::object::{Dict, Object};
use super::super::pages::Page;
use super::font::{Font, get, number};
use super::lexer::{Lexer, Token};
use super::lines::{Lines, Matrix, joined};
use super::resources::Resources;
use crate::read::{Cap, Limits, Stop};

mod marked;

use marked::Marked;

/// How many operands an operator may have. Those that show text have three at most.
const OPERANDS: usize = 32;
/// Up to how many codes that stand for nothing are no loss.
const UNREAD: u32 = 20;
/// Up to how many are none in a font of two bytes without any map: symbols, the
/// numbers of pages. Formulas are in fonts of one byte.
const SILENT: u32 = 40;

/// Reads the text of pages, one after the other, within what is left of the
/// limits.
pub(in super::super) struct Reader {
    /// By object number.
    fonts: HashMap<u32, Rc<Font>>,
    forms: u32,
    lists: u32,
    operators: u32,
    bytes: usize,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(in super::super) struct Shown {
    pub(in super::super) text: String,
    /// Why there may be more text.
    pub(in super::super) problem: Option<Stop>,
}

/// What is wanted of a page as it is read.
struct Run<'r, 'd, 'i, 'a> {
    reader: &'r mut Reader,
    document: &'d mut Document<'i, 'a>,
    lines: Lines,
    codes: u32,
    unread: u32,
    /// How many of those are in fonts that tell nothing at all.
    silent: u32,
    marked: Marked,
    problem: Option<Stop>,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
}

#[derive(Debug)]
enum Operand {
    Number(f64),
    Name(Box<[u8]>),
    String(Vec<u8>),
    Array(Vec<Operand>),
}

impl Reader {
    pub(in super::super) fn new(limits: &Limits) -> Self {
        let bytes = usize::try_from(limits.page_text).unwrap_or(usize::MAX);
        let (forms, operators) = (limits.pdf_forms, limits.operators);
        Self { fonts: HashMap::new(), forms, lists: limits.pdf_lists, operators, bytes }
    }

    /// The text of `page`.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(in super::super) fn read(
        &mut self,
        document: &mut Document<'_, '_>,
        page: &Page,
    ) -> Result<Shown, Stop> {
        let lines = Lines::new(document.limits().pdf_text);
        let (marked, problem) = Default::default();
        let (codes, unread, silent) = Default::default();
        let mut run =
            Run { reader: self, document, lines, codes, unread, silent, marked, problem };
        let content = run.content(&page.dict)?;
        let resources = match run.hard(|d| d.resolve(&page.resources))? {
            Some(Object::Dict(dict)) => Resources::new(dict),
            _ => Resources::default(),
        };
        run.show(&content, &resources, Matrix::IDENTITY, 0)?;
        if run.lines.is_full() {
            run.over(Cap::PdfText);
        }
        let mut problem = run.problem;
        let is_most = run.unread > UNREAD && run.unread > run.codes / 2;
        if is_most || run.silent > SILENT {
            let what = match is_most {
                true => "the text of a page is in a font that does not say what it shows",
                false => {
                    "some text of a page is in a font that does not say what it shows"
                }
            };
            problem.get_or_insert(Stop::Unsupported(what));
        }
        Ok(Shown { text: joined(&run.lines.text), problem })
    }
}

impl Run<'_, '_, '_, '_> {
    /// The content streams of a page, as one (7.8.2).
    fn content(&mut self, page: &Dict) -> Result<Vec<u8>, Stop> {
        let streams = match page.get("Contents").cloned() {
            Some(Object::Array(items)) => items,
            Some(one @ Object::Ref(_)) => match self.hard(|d| d.resolve(&one))? {
                Some(Object::Array(items)) => items,
                _ => vec![one],
            },
            _ => return Ok(Vec::new()),
        };
        let mut content = Vec::new();
        let most = self.document.limits().pdf_contents;
        for stream in streams.iter().take(most) {
            let Object::Ref(id) = stream else { continue };
            let Some(Some(placed)) = self.hard(|d| d.load(id.number))? else { continue };
            if placed.stream.is_none() {
                continue;
            }
            let room = self.room();
            let Some(stream) = self.hard(|d| d.start_of_stream(&placed, room))? else {
                continue;
            };
            self.reader.bytes = self.reader.bytes.saturating_sub(stream.bytes.len());
            if let Some(stop) = stream.fault {
                self.problem.get_or_insert(stop);
            }
            content.extend_from_slice(&stream.bytes);
            content.push(b'\n');
        }
        if streams.len() > most {
            self.over(Cap::PdfContents);
        }
        Ok(content)
    }

    /// How much more may come out of streams.
    fn room(&self) -> Room {
        let room = self.document.room(Cap::PageText);
        room.left(self.reader.bytes, self.document.limits(), Cap::PageText)
    }

    /// Keeps that a limit was reached.
    fn over(&mut self, cap: Cap) {
        self.problem.get_or_insert(self.document.limits().over(cap));
    }

    /// What `get` gives; what went wrong is kept, unless it is of the file system.
    fn hard<T>(
        &mut self,
        get: impl FnOnce(&mut Document<'_, '_>) -> Result<T, Stop>,
    ) -> Result<Option<T>, Stop> {
        match get(self.document) {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Io(error)) => Err(Stop::Io(error)),
            Err(stop) => {
                self.problem.get_or_insert(stop);
                Ok(None)
            }
        }
    }

    /// Shows `content`, which stands on the page as `ctm` says.
    fn show(
        &mut self,
        content: &[u8],
        resources: &Resources,
        ctm: Matrix,
        depth: u32,
    ) -> Result<(), Stop> {
        let mut state = State {
            ctm,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
        };
        let (mut saved, mut unsaved): (Vec<State>, usize) = Default::default();
        let (mut line, mut pen) = (Matrix::IDENTITY, Matrix::IDENTITY);
        let mut operands: Vec<Operand> = Vec::new();
        let mut open = false;
        let outside = self.marked.depth;
        let limits = self.document.limits();
        let mut lexer = Lexer::new(content, limits);
        // Every token is at least one byte of the content.
        while let Some(token) = lexer.next() {
            let list = match operands.last_mut() {
                Some(Operand::Array(list)) if open => list,
                _ => &mut operands,
            };
            let room = list.len() < if open { limits.pdf_pieces } else { OPERANDS };
            if open && !room && matches!(token, Token::String(_)) {
                self.over(Cap::PdfPieces);
            }
            let operator = match token {
                Token::Number(n) if room => {
                    list.push(Operand::Number(n));
                    continue;
                }
                Token::String(bytes) if room => {
                    list.push(Operand::String(bytes));
                    continue;
                }
                Token::Name(name) if room => {
                    list.push(Operand::Name(name));
                    continue;
                }
                Token::Open if room && !open => {
                    open = true;
                    operands.push(Operand::Array(Vec::new()));
                    continue;
                }
                Token::Close => {
                    open = false;
                    continue;
                }
                Token::Operator(operator) => operator,
                _ => continue,
            };
            open = false;
            let Some(left) = self.reader.operators.checked_sub(1) else {
                self.over(Cap::Operators);
                return Ok(());
            };
            self.reader.operators = left;
            if self.lines.is_full() {
                return Ok(());
            }
            let given = std::mem::take(&mut operands);
            let n = |at: usize| match given.get(at) {
                Some(Operand::Number(n)) => *n,
                _ => 0.0,
            };
            match operator {
                b"q" if saved.len() < limits.pdf_states => saved.push(state.clone()),
                b"q" => {
                    self.over(Cap::PdfStates);
                    unsaved += 1;
                }
                // Each one belongs to the last that was saved, or was to be.
                b"Q" if unsaved > 0 => unsaved -= 1,
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => {
                    let matrix = Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]);
                    state.ctm = matrix.then(state.ctm);
                }
                b"BT" => (line, pen) = (Matrix::IDENTITY, Matrix::IDENTITY),
                b"Tm" => {
                    line = Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]);
                    pen = line;
                }
                b"Td" | b"TD" => {
                    if operator == b"TD" {
                        state.leading = -n(1);
                    }
                    line = line.moved(n(0), n(1));
                    pen = line;
                }
                b"TL" => state.leading = n(0),
                b"Tc" => state.char_space = n(0),
                b"Tw" => state.word_space = n(0),
                b"Tz" => state.scale = n(0) / 100.0,
                b"T*" => {
                    line = line.moved(0.0, -state.leading);
                    pen = line;
                }
                b"Tf" => {
                    if let Some(Operand::Name(name)) = given.first() {
                        state.font = self.font(resources, name)?;
                    }
                    state.size = n(1);
                }
                b"Tj" => self.string(given.first(), &state, &mut pen),
                b"'" | b"\"" => {
                    if operator == b"\"" {
                        (state.word_space, state.char_space) = (n(0), n(1));
                    }
                    line = line.moved(0.0, -state.leading);
                    pen = line;
                    self.string(given.last(), &state, &mut pen);
                }
                b"TJ" => {
                    let Some(Operand::Array(pieces)) = given.first() else { continue };
                    for piece in pieces {
                        if let Operand::Number(back) = piece {
                            let back = back / 1000.0 * state.size * state.scale;
                            pen = pen.moved(-back, 0.0);
                        } else {
                            self.string(Some(piece), &state, &mut pen);
                        }
                    }
                }
                b"BMC" => self.marked.depth += 1,
                b"BDC" => {
                    self.marked.depth += 1;
                    if self.marked.replaced.is_none()
                        && let Some(text) = self.replacement(resources, &given)?
                    {
                        self.marked.replaced = Some(self.marked.depth);
                        self.marked.text = Some(text);
                    }
                }
                b"EMC" if self.marked.depth > outside => self.unmark(),
                b"ID" => lexer.skip_image(),
                b"Do" => {
                    if let Some(Operand::Name(name)) = given.first() {
                        self.form(resources, name, state.ctm, depth)?;
                    }
                }
                _ => {}
            }
        }
        if self.marked.replaced.is_some_and(|depth| depth > outside) {
            let stop = Stop::Malformed("marked content of a page has no end");
            self.problem.get_or_insert(stop);
        }
        while self.marked.depth > outside {
            self.unmark();
        }
        Ok(())
    }

    /// Shows a string where `pen` stands, and moves that.
    fn string(&mut self, string: Option<&Operand>, state: &State, pen: &mut Matrix) {
        let (Some(Operand::String(bytes)), Some(font)) = (string, &state.font) else {
            return;
        };
        let Run { lines, codes, unread, silent, marked, .. } = self;
        let is_replaced = marked.replaced.is_some();
        let text = marked.text.take();
        if !is_replaced || text.is_some() {
            lines.go(pen.then(state.ctm), state.size);
        }
        lines.push(text.as_deref().unwrap_or_default());
        font.shown(bytes, |shown| {
            if !is_replaced {
                *codes = codes.saturating_add(1);
                match shown.text {
                    Some(text) => lines.push(&text),
                    None => {
                        *unread = unread.saturating_add(1);
                        *silent = silent.saturating_add(u32::from(font.is_silent()));
                    }
                }
            }
            let space = if shown.is_space { state.word_space } else { 0.0 };
            let width = shown.width / 1000.0 * state.size + state.char_space + space;
            *pen = pen.moved(width * state.scale, 0.0);
        });
        lines.ended(pen.then(state.ctm));
    }

    fn font(
        &mut self,
        resources: &Resources,
        name: &[u8],
    ) -> Result<Option<Rc<Font>>, Stop> {
        let Some(Some(font)) = self.hard(|d| resources.font(d, name))? else {
            return Ok(None);
        };
        let number = match font {
            Object::Ref(id) => Some(id.number),
            _ => None,
        };
        if let Some(known) = number.and_then(|n| self.reader.fonts.get(&n)) {
            return Ok(Some(Rc::clone(known)));
        }
        if self.reader.fonts.len() >= self.document.limits().pdf_fonts {
            self.over(Cap::PdfFonts);
            return Ok(None);
        }
        let Some(Object::Dict(dict)) = self.hard(|d| d.resolve(&font))? else {
            return Ok(None);
        };
        let font = Rc::new(Font::read(self.document, &dict)?);
        if let Some(over) = font.over {
            self.problem.get_or_insert(Stop::Over(over));
        }
        // A font that is no object of its own is read each time it is asked for.
        let number = number.unwrap_or(u32::MAX - self.reader.fonts.len() as u32);
        self.reader.fonts.insert(number, Rc::clone(&font));
        Ok(Some(font))
    }

    /// Shows the XObject of this name, if it is a form.
    fn form(
        &mut self,
        resources: &Resources,
        name: &[u8],
        ctm: Matrix,
        depth: u32,
    ) -> Result<(), Stop> {
        let object = self.hard(|d| resources.object(d, name))?;
        let Some(Some(Object::Ref(id))) = object else { return Ok(()) };
        let Some(Some(placed)) = self.hard(|d| d.load(id.number))? else { return Ok(()) };
        let Some(dict) = placed.object.dict() else { return Ok(()) };
        if dict.name("Subtype") != Some(b"Form") {
            return Ok(());
        }
        if depth >= self.document.limits().pdf_nested_forms {
            self.over(Cap::PdfNestedForms);
            return Ok(());
        }
        let Some(left) = self.reader.forms.checked_sub(1) else {
            self.over(Cap::PdfForms);
            return Ok(());
        };
        self.reader.forms = left;
        let own = dict.get("Resources").map(|own| self.hard(|d| d.resolve(own)));
        let own = match own.transpose()?.flatten() {
            Some(Object::Dict(own)) => Some(Resources::new(own)),
            // Forms of old writers use what the page has.
            _ => None,
        };
        let matrix = match get(self.document, dict, "Matrix")? {
            Object::Array(items) => {
                let n = |at: usize| items.get(at).and_then(number).unwrap_or(0.0);
                Matrix([n(0), n(1), n(2), n(3), n(4), n(5)])
            }
            _ => Matrix::IDENTITY,
        };
        let room = self.room();
        let Some(stream) = self.hard(|d| d.start_of_stream(&placed, room))? else {
            return Ok(());
        };
        self.reader.bytes = self.reader.bytes.saturating_sub(stream.bytes.len());
        if let Some(stop) = stream.fault {
            self.problem.get_or_insert(stop);
        }
        self.show(
            &stream.bytes,
            own.as_ref().unwrap_or(resources),
            matrix.then(ctm),
            depth + 1,
        )
    }
}
