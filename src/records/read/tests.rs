//! What exports come to.

use super::*;

const DSPACE: &str = "id,filename,dc.title[en_US],dc.contributor.author,dc.rights.uri\n\
     7,a.pdf,A title,\"Doe, Jane::x::600||Roe, Richard\",http://creativecommons.org/licenses/by/4.0/\n\
     8,,no file,,\n";

#[test]
fn known_headings_need_no_map() {
    let (_, entries) = table(DSPACE, b',', &Columns::default()).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].key, "a.pdf");
    assert_eq!(entries[0].line, 2);
    assert_eq!(entries[0].creators, ["Doe, Jane", "Roe, Richard"]);
    assert_eq!(entries[0].title, "A title");
    assert_eq!(entries[0].license, "http://creativecommons.org/licenses/by/4.0/");
}

#[test]
fn a_column_that_is_not_there_is_told_with_those_that_are() {
    let columns = Columns { key: Some("datei".to_owned()), ..Columns::default() };
    let error = table(DSPACE, b',', &columns).unwrap_err().to_string();
    assert!(error.contains("“datei”") && error.contains("filename"), "{error}");
}

#[test]
fn json_lines_are_flattened() {
    let text = "{\"file\":\"a.jpg\",\"dc\":{\"rights\":[\"CC BY 4.0\"]},\"creator\":[\"A B\",\"C D\"]}\n";
    let (_, entries) = json_lines(text, &Columns::default()).unwrap();
    assert_eq!(entries[0].license, "CC BY 4.0");
    assert_eq!(entries[0].creators, ["A B", "C D"]);
}

#[test]
fn what_is_not_utf8_is_told_with_its_line() {
    let error = text(b"a,b\nc,\xE9\n".to_vec()).unwrap_err().to_string();
    assert!(error.starts_with("line 2:") && error.contains("UTF-8"), "{error}");
    assert_eq!(text(b"\xFF\xFEa\0".to_vec()).unwrap(), "a");
    assert_eq!(text("\u{FEFF}a".as_bytes().to_vec()).unwrap(), "a");
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    for end in ["\n", "\r\n"] {
        let rows = ["file,title", "a.jpg,\"two", "lines\"", "b.jpg,x", "", "c.jpg,y"];
        let (_, entries) =
            table(&(rows.join(end) + end), b',', &Columns::default()).unwrap();
        let lines: Vec<u64> = entries.iter().map(|e| e.line).collect();
        assert_eq!(lines, [2, 4, 6], "{end:?}");
    }
}

#[test]
fn of_columns_with_one_heading_the_first_that_says_something_counts() {
    let text = "file,license,license\na.jpg,,CC BY 4.0\nb.jpg,CC0,CC BY 4.0\n";
    let (_, entries) = table(text, b',', &Columns::default()).unwrap();
    assert_eq!(entries[0].license, "CC BY 4.0");
    assert_eq!(entries[1].license, "CC0");
}

#[test]
fn a_table_whose_cells_may_be_shifted_is_refused() {
    for (text, expected) in [
        (
            "file,license\na.jpg,\"CC BY 4.0\nb.jpg,CC0\n",
            "line 2: a quotation mark of this row is not closed",
        ),
        (
            "file,title,license\na.jpg,x,CC0\nb.jpg,Harbour, at night,CC0\n",
            "line 3: 4 cells under 3 headings; put quotation marks around a cell with \
             the separator in it",
        ),
    ] {
        let error = table(text, b',', &Columns::default()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let inches = "file,title\na.jpg,a 5\" disk\nb.jpg,\"two\nlines\"\nc.jpg,8\" disk\n";
    assert_eq!(table(inches, b',', &Columns::default()).unwrap().1.len(), 3);
    // Spreadsheets leave empty cells behind.
    let ragged = "file,title\na.jpg,x,,\nb.jpg\n";
    assert_eq!(table(ragged, b',', &Columns::default()).unwrap().1.len(), 2);
}

#[test]
fn what_is_no_json_is_told_with_its_line() {
    let error = json_lines("{\"file\":\"a\"}\n{b}\n", &Columns::default());
    let error = error.unwrap_err().to_string();
    assert_eq!(error, "line 2: no JSON: key must be a string");
}

#[test]
fn semicolons_are_seen() {
    assert_eq!(separator("path;license;a,b"), b';');
    assert_eq!(separator("path,license"), b',');
}

#[test]
fn fields_that_no_column_holds_are_known() {
    let without = |headings: &str| {
        let (plan, _) = table(headings, b',', &Columns::default()).unwrap();
        (plan.license.is_empty(), plan.creator.is_empty())
    };
    assert_eq!(without("file,Rechte,Urheber\n"), (true, true));
    assert_eq!(without("file,dc.rights[de],author\n"), (false, false));
}
