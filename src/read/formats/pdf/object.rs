//! The objects of PDF (ISO 32000-2, 7.3).

/// An object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Object {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    Real(f64),
    /// Without the solidus, its `#xx` resolved.
    Name(Box<[u8]>),
    String(Text),
    Array(Vec<Object>),
    Dict(Dict),
    Ref(Id),
}

/// A string object: its bytes, not yet understood as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    /// Where its first delimiter stands in the file; inside an object stream,
    /// where that stream stands.
    pub(super) offset: u64,
}

/// What names an indirect object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id {
    pub(super) number: u32,
    pub(super) generation: u16,
}

/// A dictionary, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dict(pub(super) Vec<(Box<[u8]>, Object)>);

impl Dict {
    /// The value of `key`; of the last one where a key stands twice, as most
    /// readers have it.
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        let entry = self.0.iter().rev().find(|(k, _)| **k == *key.as_bytes());
        entry.map(|(_, value)| value).filter(|value| **value != Object::Null)
    }

    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Object::integer)
    }

    pub(super) fn name(&self, key: &str) -> Option<&[u8]> {
        self.get(key).and_then(Object::name)
    }
}

impl Object {
    /// A number without a fraction. Writers put `12.0` where the standard
    /// wants `12`.
    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(n) => Some(*n),
            Self::Real(x) if x.fract() == 0.0 && x.abs() < 9e15 => Some(*x as i64),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn string(&self) -> Option<&Text> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Applies `change` to the bytes of every string inside. Objects come from
    /// the parser, which bounds their depth.
    pub(super) fn for_each_string<E>(
        &mut self,
        change: &mut dyn FnMut(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::String(text) => change(&mut text.bytes),
            Self::Array(items) => {
                items.iter_mut().try_for_each(|item| item.for_each_string(change))
            }
            Self::Dict(dict) => {
                dict.0.iter_mut().try_for_each(|(_, v)| v.for_each_string(change))
            }
            _ => Ok(()),
        }
    }
}
