//! Documents encrypted with and without a password.

use super::*;

#[test]
fn an_empty_password_opens_a_document() {
    let plain = said(&fixture("plain.pdf"));
    assert_eq!(plain.len(), 4, "{plain:?}");
    let mut opened = 0;
    for (name, bytes) in fixtures() {
        if !name.starts_with("locked") {
            assert_eq!(said(&bytes), plain, "{name}");
            opened += 1;
        }
    }
    assert_eq!(opened, 11);
}

#[test]
fn a_locked_document_is_said_to_be_locked() {
    for name in ["locked.pdf", "locked-rc4.pdf"] {
        assert_eq!(said(&fixture(name)), ["!encrypted the document needs a password"]);
    }
}

#[test]
fn a_clear_packet_of_a_locked_document_is_read() {
    let found = found(&fixture("locked-clear-xmp.pdf"));
    let [packet, locked] = &*found else { panic!("{found:?}") };
    assert!(packet.starts_with("xmp") && packet.contains("cc:license"), "{packet}");
    assert_eq!(locked, "!encrypted the document needs a password");
}

#[test]
fn encryption_that_is_not_known_hides_everything() {
    for (encrypt, said_of_it) in [
        (
            "<</Filter/Standard/V 9/R 9>>",
            "!unsupported the encryption of the document is not known",
        ),
        (
            "<</Filter/Adobe.PubSec/V 4>>",
            "!encrypted the document is encrypted for certificates",
        ),
    ] {
        let pdf = Pdf::with_catalog("/Metadata 4 0 R")
            .object(3, "<</Title(xyz)>>")
            .stream(4, "/Type/Metadata", b"xyz")
            .table(&format!("/Root 1 0 R/Info 3 0 R/Encrypt{encrypt}"));
        let said = said(&pdf.bytes);
        assert_eq!(said[0], said_of_it);
        assert!(said.iter().all(|line| line.starts_with('!')), "{said:?}");
    }
}

#[test]
fn an_identity_filter_leaves_strings_and_streams_alone() {
    let zeros = "00".repeat(48);
    let encrypt =
        format!("<</Filter/Standard/V 4/R 4/O<{zeros}>/U<{zeros}>/P -4/Length 128>>");
    let pdf = Pdf::with_catalog("/Metadata 4 0 R")
        .object(3, "<</Title(Hafen)>>")
        .stream(4, "", b"<packet>")
        .table(&format!("/Root 1 0 R/Info 3 0 R/Encrypt{encrypt}"));
    let said = said(&pdf.bytes);
    assert_eq!(
        said,
        ["Title=Hafen", "xmp=<packet>", "!encrypted the document needs a password"]
    );
}
