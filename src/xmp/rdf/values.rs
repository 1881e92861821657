//! Values, as elements and attributes give them.

use super::super::attributes::{Attribute, is_strange, normalized, unescape};
use super::super::subject;
use super::super::tree::{Element, End};
use super::super::{Cap, Fault, Form, Property};
use super::Walk;

impl<'a> Walk<'a, '_> {
    /// Whether the property that the path names is. One that would be, were it
    /// of the file, does not pass in silence.
    fn is_wanted(&mut self, at: usize) -> bool {
        let of_other = self.path.strip_prefix(subject::OTHER);
        if of_other.is_some_and(self.wanted) {
            self.problems.add(at, Fault::Subject);
        }
        (self.wanted)(&self.path)
    }

    pub(super) fn say_text(&mut self, element: &Element<'a>, lang: Option<&'a str>) {
        let is_all = match element.end {
            End::Whole => true,
            // Unreadable bytes may have been its end tag.
            End::Implied => !element.text.contains(is_strange),
            End::Cut | End::Torn => false,
        };
        if is_all {
            self.say(&element.text, element.text_at, lang, Form::Text);
        }
    }

    /// The inside of an element as it stands, with its references replaced.
    pub(super) fn say_markup(&mut self, element: &Element<'a>, lang: Option<&'a str>) {
        let (from, to) = element.inner;
        let has_end = matches!(element.end, End::Whole | End::Implied);
        if has_end && self.is_wanted(from) {
            let inside = self.tree.text.get(from..to).unwrap_or_default();
            self.say(&unescape(inside).0, from, lang, Form::Markup);
        }
    }

    pub(super) fn say_attribute(
        &mut self,
        attribute: Attribute<'a>,
        lang: Option<&'a str>,
        form: Form,
    ) {
        if self.is_wanted(attribute.at) {
            let (value, whole) = normalized(attribute.value);
            if !whole {
                self.problems.add(attribute.at, Fault::Reference);
            }
            self.say(&value, attribute.at, lang, form);
        }
    }

    pub(super) fn say(&mut self, value: &str, at: usize, lang: Option<&str>, form: Form) {
        if self.path.is_empty() || !self.is_wanted(at) {
            return;
        }
        if self.found.len() >= self.limits.properties {
            self.problems.add(at, Fault::Limit(Cap::Properties));
            return;
        }
        if value.contains(is_strange) {
            self.problems.add(at, Fault::Control);
        }
        // The longest that are registered have 35 bytes: RFC 5646, 4.4.1.
        let is_lang = |l: &&str| {
            !l.is_empty() && l.len() <= 64 && !l.eq_ignore_ascii_case("x-default")
        };
        self.found.push(Property {
            path: self.path.clone(),
            value: value.to_owned(),
            lang: lang.filter(is_lang).map(str::to_owned),
            offset: at,
            element: self.element,
            form,
        });
    }
}
