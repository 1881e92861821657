//! How fast license statements are read, in megabytes a second on one core.
//!
//! Run with `cargo bench --bench reader`. The target is 50 MB/s of prose.

#![expect(clippy::print_stdout, reason = "a benchmark that prints its figures")]

use std::hint::black_box;
use std::time::Instant;

use tasl::license::{Context, read_in};

/// Prose in which nothing is licensed, though it uses the same letters.
const PROSE: &str = "The harbour was dredged in 1904, and according to the accounts of the \
    port authority the creative use of steam cranes made the work cheaper than expected. \
    Access from the sea stayed difficult; by night, pilots accepted no responsibility. \
    Its attribution to the engineer Brandt has been contested by later writers. ";

/// The same in a script of several bytes a letter.
const CYRILLIC: &str = "Порт был углублён в 1904 году, и по отчётам управления паровые краны \
    обошлись дешевле, чем ожидалось. Подход с моря оставался трудным, и лоцманы ночью не \
    брали на себя ответственности. ";

/// A sentence with a license.
const GRANT: &str = "Unless otherwise noted, this work is licensed under a Creative Commons \
    Attribution-ShareAlike 4.0 International License \
    (https://creativecommons.org/licenses/by-sa/4.0/). ";

/// Enough of a text to be measured, and so little that the best of many rounds
/// is one that nothing disturbed.
const SIZE: usize = 1 << 20;

fn main() {
    let start = Instant::now();
    black_box(read_in(&GRANT.repeat(10), Context::Prose));
    println!("{:<34} {:>8.2?}", "first text, tables and all", start.elapsed());
    println!("{:<34} {:>8} {:>12}", "text", "MB/s", "references");
    let page = PROSE.repeat(30);
    measure("prose, none", &PROSE.repeat(SIZE / PROSE.len()));
    measure("Cyrillic prose, none", &CYRILLIC.repeat(SIZE / CYRILLIC.len()));
    measure("prose, one in 10 kB", &format!("{page}{GRANT}").repeat(SIZE / page.len()));
    let paragraph = PROSE.repeat(3);
    let dense = format!("{paragraph}{GRANT}");
    measure("prose, one in 1 kB", &dense.repeat(SIZE / dense.len()));
    measure("nothing but grants", &GRANT.repeat(SIZE / GRANT.len()));
    let values = ["CC BY 4.0", "© 2019 Jane Doe", "Harbour at night", "n/a", ""];
    let start = Instant::now();
    let rounds = 200_000;
    for _ in 0..rounds {
        for value in values {
            black_box(read_in(black_box(value), Context::RightsText));
        }
    }
    let each = start.elapsed() / (rounds * values.len() as u32);
    println!("{:<34} {each:>8.2?} a value", "short values");
}

/// Reads `text` until a second has gone by, and prints the best rate.
fn measure(name: &str, text: &str) {
    let mut best = 0.0_f64;
    let mut references = 0;
    let begin = Instant::now();
    while begin.elapsed().as_secs() < 2 {
        let start = Instant::now();
        references = black_box(read_in(black_box(text), Context::Prose)).len();
        best = best.max(text.len() as f64 / 1e6 / start.elapsed().as_secs_f64());
    }
    println!("{name:<34} {best:>8.0} {references:>12}");
}
