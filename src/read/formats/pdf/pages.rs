//! The page tree (ISO 32000-2, 7.7.3), walked from either end.
//!
//! No more of it is read than the pages that are asked for: the last two pages
//! of a document are found by going down the right side of the tree. `/Count` is
//! believed for nothing but the number of a page that was reached from the end.

use std::collections::HashSet;
use std::rc::Rc;

use super::document::Document;
use super::object::{Dict, Object};
use crate::read::{Cap, Stop};

/// A page, with what it inherits.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) dict: Dict,
    /// Its own resources or those of a node above it.
    pub(super) resources: Rc<Object>,
    /// Its object number; 0 for a page that stands in its parent, against the
    /// standard.
    pub(super) object: u32,
    /// Where it stands in the file.
    pub(super) at: u64,
}

/// From which end the pages are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

/// A walk over the pages.
pub(super) struct Walk {
    end: End,
    /// What is still to be visited, the next at the end; with the resources
    /// that it inherits and its depth.
    open: Vec<(Object, Rc<Object>, usize)>,
    seen: HashSet<u32>,
    /// How many nodes may still be visited.
    left: usize,
}

impl Walk {
    /// A walk over the pages below `root`.
    pub(super) fn new(root: Object, end: End) -> Self {
        let open = vec![(root, Rc::default(), 0)];
        Self { end, open, seen: HashSet::new(), left: 0 }
    }

    /// The next page; `None` at the end.
    ///
    /// # Errors
    ///
    /// Where a part of the tree cannot be had. The walk can go on behind it.
    pub(super) fn next(
        &mut self,
        document: &mut Document<'_, '_>,
    ) -> Result<Option<Page>, Stop> {
        let limits = document.limits();
        self.left = limits.pdf_nodes;
        while let Some((node, inherited, depth)) = self.open.pop() {
            let left = self.left.checked_sub(1);
            let is_too_deep = depth > limits.pdf_tree;
            let Some(left) = left.filter(|_| !is_too_deep) else {
                self.open.clear();
                let cap = if is_too_deep { Cap::PdfTree } else { Cap::PdfNodes };
                return Err(limits.over(cap));
            };
            self.left = left;
            let (dict, object, at) = match node {
                Object::Ref(id) => {
                    if !self.seen.insert(id.number) {
                        continue;
                    }
                    match document.load(id.number)? {
                        Some(placed) => (placed.object, id.number, placed.at),
                        None => continue,
                    }
                }
                direct => (direct, 0, 0),
            };
            let Object::Dict(dict) = dict else { continue };
            let resources = dict.get("Resources").cloned().map_or(inherited, Rc::new);
            let Some(kids) = dict.get("Kids").cloned() else {
                return Ok(Some(Page { dict, resources, object, at }));
            };
            let Object::Array(mut kids) = document.resolve(&kids)? else { continue };
            if self.end == End::First {
                kids.reverse();
            }
            let kids = kids.into_iter().filter(|kid| *kid != Object::Null);
            self.open.extend(kids.map(|kid| (kid, Rc::clone(&resources), depth + 1)));
        }
        Ok(None)
    }

    /// Whether nothing is left to be visited.
    pub(super) fn is_over(&self) -> bool {
        self.open.is_empty()
    }
}
