//! Remembers what short texts came to.
//!
//! The files of a collection say the same things: one license, one notice, a few
//! names. A text is read once for each thread and question, and then looked up.
//! What a text comes to depends on nothing else, so no answer changes by it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::thread::LocalKey;

use rustc_hash::FxHasher;

/// The longest text that is remembered, in bytes: titles and descriptions that
/// stand once in a collection would only push out what is said again.
const LONGEST: usize = 256;

/// How many texts are remembered. When there are more, all are forgotten, which
/// is cheaper than to keep count of their use.
const MOST: usize = 1024;

/// Answers by text. Whoever writes texts that collide slows down the lookup among
/// those that are remembered, and nothing else.
pub(super) type Memo<V> = RefCell<HashMap<Box<str>, V, BuildHasherDefault<FxHasher>>>;

/// What `text` comes to: from `memo`, or else from `read`.
pub(super) fn remembered<V: Clone>(
    memo: &'static LocalKey<Memo<V>>,
    text: &str,
    read: impl FnOnce(&str) -> V,
) -> V {
    if text.len() > LONGEST {
        return read(text);
    }
    let known = memo.with_borrow(|memo| memo.get(text).cloned());
    known.unwrap_or_else(|| {
        let value = read(text);
        memo.with_borrow_mut(|memo| {
            if memo.len() >= MOST {
                memo.clear();
            }
            memo.insert(text.into(), value.clone());
        });
        value
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static LENGTHS: Memo<usize> = Memo::default();
    }

    #[test]
    fn a_short_text_is_read_once_and_a_long_one_each_time() {
        let mut reads = 0;
        let long = "x".repeat(LONGEST + 1);
        for text in ["a", "a", "bc", "a", &long, &long] {
            let length = remembered(&LENGTHS, text, |t| {
                reads += 1;
                t.len()
            });
            assert_eq!(length, text.len());
        }
        assert_eq!(reads, 4);
    }

    #[test]
    fn the_memory_is_bounded() {
        for n in 0..3 * MOST {
            remembered(&LENGTHS, &n.to_string(), str::len);
        }
        assert!(LENGTHS.with_borrow(HashMap::len) <= MOST);
    }
}
