//! The fonts, XObjects and property lists that a content stream names (ISO 32000-2, 7.8.3).

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::super::document::Document;
use super::super::object::{Dict, Object};
use crate::read::Stop;

type Names = BTreeMap<Box<[u8]>, Object>;

/// The resources of a page or a form, looked up when they are first asked for: a
/// page may show thousands of pictures out of thousands. Where those of a kind cannot
/// be had, the first who asks is told, and there are none for the others.
#[derive(Debug, Default)]
pub(super) struct Resources {
    dict: Dict,
    fonts: OnceCell<Names>,
    objects: OnceCell<Names>,
    lists: OnceCell<Names>,
}

impl Resources {
    pub(super) fn new(dict: Dict) -> Self {
        Self { dict, ..Self::default() }
    }

    /// The font of this name, unresolved.
    pub(super) fn font(
        &self,
        document: &mut Document<'_, '_>,
        name: &[u8],
    ) -> Result<Option<Object>, Stop> {
        self.named(document, &self.fonts, "Font", name)
    }

    /// The XObject of this name, unresolved.
    pub(super) fn object(
        &self,
        document: &mut Document<'_, '_>,
        name: &[u8],
    ) -> Result<Option<Object>, Stop> {
        self.named(document, &self.objects, "XObject", name)
    }

    /// The property list of this name, unresolved.
    pub(super) fn list(
        &self,
        document: &mut Document<'_, '_>,
        name: &[u8],
    ) -> Result<Option<Object>, Stop> {
        self.named(document, &self.lists, "Properties", name)
    }

    fn named(
        &self,
        document: &mut Document<'_, '_>,
        names: &OnceCell<Names>,
        kind: &str,
        name: &[u8],
    ) -> Result<Option<Object>, Stop> {
        let names = match names.get() {
            Some(names) => names,
            None => {
                let of_kind = self.dict.get(kind).map(|kind| document.resolve(kind));
                let (of_kind, end) = match of_kind {
                    // Of a name that stands twice, the last one stays.
                    Some(Ok(Object::Dict(dict))) => {
                        (dict.0.into_iter().collect(), Ok(()))
                    }
                    Some(Err(stop)) => (Names::new(), Err(stop)),
                    _ => (Names::new(), Ok(())),
                };
                // What cannot be had is told once, and not asked for again.
                let names = names.get_or_init(|| of_kind);
                end?;
                names
            }
        };
        Ok(names.get(name).filter(|object| **object != Object::Null).cloned())
    }
}
