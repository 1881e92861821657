//! Bytes to objects.

use super::super::object::{Id, Object};
use super::super::parse::{Fault, Parser};
use crate::read::{Limits, Stop};

fn parse(text: &str) -> Object {
    Parser::new(text.as_bytes(), 0, true, &Limits::default()).object().unwrap()
}

#[test]
fn strings_are_unescaped() {
    for (text, bytes) in [
        (r"(a\(b\)c)", "a(b)c"),
        ("(a(b)c)", "a(b)c"),
        (r"(\101\1012\7)", "AA2\u{7}"),
        ("(a\\\r\nb\r\nc\rd)", "ab\nc\nd"),
        (r"(\q\\)", r"q\"),
        ("<4 1 4>", "A@"),
    ] {
        let Object::String(found) = parse(text) else { panic!("{text}") };
        assert_eq!(found.bytes, bytes.as_bytes(), "{text}");
    }
}

#[test]
fn objects_are_told_apart() {
    let dict = parse("<</A#42 12 0 R/N[1 0 -.5 true null]/S()/E>>");
    let dict = dict.dict().unwrap();
    let id = Id { number: 12, generation: 0 };
    assert_eq!(dict.get("AB"), Some(&Object::Ref(id)));
    let items = dict.get("N").and_then(Object::array).unwrap();
    assert_eq!(items[..3], [Object::Integer(1), Object::Integer(0), Object::Real(-0.5)]);
    assert_eq!(dict.get("E"), None);
}

#[test]
fn a_window_that_ends_too_early_is_told_from_damage() {
    let text = "1 0 obj <</A 1 0 R /B(x\\051)/C<41>>> stream\r\nx";
    let whole =
        Parser::new(text.as_bytes(), 0, false, &Limits::default()).indirect().unwrap();
    for len in 0..text.len() - 1 {
        let part =
            Parser::new(&text.as_bytes()[..len], 0, false, &Limits::default()).indirect();
        assert!(matches!(part, Err(Fault::Short)), "{len}: {part:?}");
    }
    assert_eq!(whole.stream, Some(text.len() - 1));
}

#[test]
fn nesting_has_a_limit() {
    for text in ["[".repeat(500_000), "<</A".repeat(500_000), "[0 ".repeat(101)] {
        let stop = Parser::new(text.as_bytes(), 0, true, &Limits::default()).object();
        assert!(matches!(stop, Err(Fault::Stop(Stop::Over(_)))), "{stop:?}");
    }
    let parens = format!("({}{})", "(".repeat(1_000_000), ")".repeat(1_000_000));
    let Object::String(text) = parse(&parens) else { panic!("no string") };
    assert_eq!(text.bytes.len(), 2_000_000);
}

#[test]
fn a_string_knows_its_place() {
    let object =
        Parser::new(b" [(a) <62>]", 100, true, &Limits::default()).object().unwrap();
    let offsets: Vec<u64> =
        object.array().unwrap().iter().map(|o| o.string().unwrap().offset).collect();
    assert_eq!(offsets, [102, 106]);
}
