//! What the README shows is what the program prints.

#[test]
fn sessions_of_the_readme_are_as_printed() {
    trycmd::TestCases::new().case("README.md");
}
