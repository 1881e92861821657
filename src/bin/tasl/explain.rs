//! `tasl explain`

use std::process::ExitCode;

use tasl::rules::{self, CATALOGUE};

use crate::args::Explain;
use crate::failure::Failure;
use crate::stdout;

/// Prints the page of a rule.
///
/// # Errors
///
/// [`Failure`] where there is no such rule, with the nearest one.
pub(crate) fn run(args: &Explain) -> Result<ExitCode, Failure> {
    let wanted = args.rule.to_ascii_lowercase().replace('_', "-");
    let Some(rule) = rules::find(&wanted) else {
        let nearest =
            CATALOGUE.iter().map(|r| r.id).min_by_key(|id| distance(&wanted, id));
        let hint = nearest
            .filter(|id| distance(&wanted, id) <= wanted.len() / 3)
            .map_or(String::new(), |id| format!(" Did you mean `{id}`?"));
        return Err(Failure::new(format!(
            "there is no rule `{}`.{hint} `tasl rules` lists them all.",
            args.rule,
        )));
    };
    stdout::print(&rule.page())
}

/// How many characters have to be put in, taken out or replaced to turn one word
/// into another.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (n, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = n + 1;
        for (m, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[m + 1];
            row[m + 1] = replaced.min(diagonal + 1).min(row[m] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_the_slips_of_a_typist() {
        for (one, other, slips) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("licence", "license", 1),
            ("ab", "", 2),
            ("", "ab", 2),
        ] {
            assert_eq!(distance(one, other), slips, "{one} {other}");
        }
    }
}
