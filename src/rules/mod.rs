//! The catalogue of rules.
//!
//! # Adding a rule
//!
//! 1. Copy the file of the rule nearest to yours. The name of the file is the
//!    id of the rule with `_` for `-`: the problem, not the remedy, so that
//!    "allow `license-missing`" makes sense in a policy.
//! 2. Name it twice below: in the list of modules and in [`CATALOGUE`]. The
//!    compiler warns if either is forgotten.
//! 3. Run `SNAPSHOTS=overwrite cargo test` and commit the page that it writes to
//!    `docs/rules/`.
//!
//! The examples in the documentation of a rule are its tests. Lines that begin
//! with `@ policy`, `@ record` and `@ file` give them a policy, a record and
//! several files; `model/notation.rs` describes them.
//!
//! A rule about the collection or the policy is made by `declare_collection_rule!`
//! and sees a [`Whole`]. What it needs to know of the files has to be remembered
//! by [`Collection`](crate::collection::Collection), within a bound.

#[macro_use]
mod rule;

mod ai_generated_source_type;
mod all_rights_reserved_with_cc;
mod ambiguous_sidecar;
mod attribution_name_missing;
mod blank_value;
mod catalogue_conflict;
mod cc0_by_non_owner;
mod changes_not_indicated;
mod copyright_claim_on_public_domain;
mod copyright_notice_conflict;
mod copyright_notice_missing;
mod creator_conflict;
mod creator_is_contact;
mod creator_list_in_one_string;
mod creator_missing;
mod creators_spelled_differently;
mod device_default_text;
mod embargo_not_elapsed;
mod empty_copyright_notice;
mod encrypted_metadata;
mod exception_expired;
mod exception_unused;
mod extension_mismatch;
mod first_page_repeated;
mod format_not_supported;
mod internal_error;
mod iptc_truncated;
mod license_conflict;
mod license_discouraged;
mod license_does_not_exist;
mod license_impossible_combination;
mod license_malformed;
mod license_missing;
mod license_name_without_url;
mod license_needs_exception;
mod license_not_a_tool;
mod license_not_allowed;
mod license_not_machine_readable;
mod license_not_recognised;
mod license_on_cover_page;
mod license_outlier;
mod license_ported;
mod license_retired_tool;
mod license_superseded_version;
mod license_unclear;
mod license_unversioned;
mod license_url_not_canonical;
mod license_version_conflict;
mod license_with_exception;
mod license_with_extra_terms;
mod licensor_url_missing;
mod limit_reached;
mod link_not_followed;
mod lost_characters;
mod marked_flag_contradicts_tool;
mod marked_missing;
mod metadata_damaged;
mod metadata_irregular;
mod mojibake;
mod multiple_licenses;
mod no_metadata_block;
mod noncommercial_or_noderivatives;
mod orphan_sidecar;
mod part_not_supported;
mod pdf_info_xmp_conflict;
mod pdm_on_own_work;
mod pdm_on_recent_work;
mod placeholder_creator;
mod placeholder_title;
mod record_ambiguous;
mod record_without_file;
mod required_field_missing;
mod rights_holder_missing;
mod rights_statement_contradicts_license;
mod rights_statement_detail_missing;
mod rights_statement_invalid;
mod rights_statement_not_canonical;
mod rights_text_unrecognised;
mod sidecar_attribution_conflict;
mod sidecar_license_conflict;
mod software_as_creator;
mod source_missing;
mod special_file;
mod tdm_reservation_vs_open_license;
mod title_conflict;
mod title_missing;
mod title_repeated;
mod unicode_lookalike_in_uri;
mod unreadable_directory;
mod unreadable_file;
mod uri_form_required;
mod url_is_namespace;
mod url_without_scheme;
mod usage_terms_missing;
mod version_below_policy;
mod web_statement_is_license;
mod web_statement_missing;
mod whole;
mod words;

use crate::model::Finding;
pub use rule::{Case, Check, CheckWhole, Findings, Group, Rule};
pub use whole::{CollectionFindings, Whole, check_collection};

/// Every rule, by id.
pub static CATALOGUE: &[&Rule] = &[
    &ai_generated_source_type::RULE,
    &all_rights_reserved_with_cc::RULE,
    &ambiguous_sidecar::RULE,
    &attribution_name_missing::RULE,
    &blank_value::RULE,
    &catalogue_conflict::RULE,
    &cc0_by_non_owner::RULE,
    &changes_not_indicated::RULE,
    &copyright_claim_on_public_domain::RULE,
    &copyright_notice_conflict::RULE,
    &copyright_notice_missing::RULE,
    &creator_conflict::RULE,
    &creator_is_contact::RULE,
    &creator_list_in_one_string::RULE,
    &creator_missing::RULE,
    &creators_spelled_differently::RULE,
    &device_default_text::RULE,
    &embargo_not_elapsed::RULE,
    &empty_copyright_notice::RULE,
    &encrypted_metadata::RULE,
    &exception_expired::RULE,
    &exception_unused::RULE,
    &extension_mismatch::RULE,
    &first_page_repeated::RULE,
    &format_not_supported::RULE,
    &internal_error::RULE,
    &iptc_truncated::RULE,
    &license_conflict::RULE,
    &license_discouraged::RULE,
    &license_does_not_exist::RULE,
    &license_impossible_combination::RULE,
    &license_malformed::RULE,
    &license_missing::RULE,
    &license_name_without_url::RULE,
    &license_needs_exception::RULE,
    &license_not_a_tool::RULE,
    &license_not_allowed::RULE,
    &license_not_machine_readable::RULE,
    &license_not_recognised::RULE,
    &license_on_cover_page::RULE,
    &license_outlier::RULE,
    &license_ported::RULE,
    &license_retired_tool::RULE,
    &license_superseded_version::RULE,
    &license_unclear::RULE,
    &license_unversioned::RULE,
    &license_url_not_canonical::RULE,
    &license_version_conflict::RULE,
    &license_with_exception::RULE,
    &license_with_extra_terms::RULE,
    &licensor_url_missing::RULE,
    &limit_reached::RULE,
    &link_not_followed::RULE,
    &lost_characters::RULE,
    &marked_flag_contradicts_tool::RULE,
    &marked_missing::RULE,
    &metadata_damaged::RULE,
    &metadata_irregular::RULE,
    &mojibake::RULE,
    &multiple_licenses::RULE,
    &no_metadata_block::RULE,
    &noncommercial_or_noderivatives::RULE,
    &orphan_sidecar::RULE,
    &part_not_supported::RULE,
    &pdf_info_xmp_conflict::RULE,
    &pdm_on_own_work::RULE,
    &pdm_on_recent_work::RULE,
    &placeholder_creator::RULE,
    &placeholder_title::RULE,
    &record_ambiguous::RULE,
    &record_without_file::RULE,
    &required_field_missing::RULE,
    &rights_holder_missing::RULE,
    &rights_statement_contradicts_license::RULE,
    &rights_statement_detail_missing::RULE,
    &rights_statement_invalid::RULE,
    &rights_statement_not_canonical::RULE,
    &rights_text_unrecognised::RULE,
    &sidecar_attribution_conflict::RULE,
    &sidecar_license_conflict::RULE,
    &software_as_creator::RULE,
    &source_missing::RULE,
    &special_file::RULE,
    &tdm_reservation_vs_open_license::RULE,
    &title_conflict::RULE,
    &title_missing::RULE,
    &title_repeated::RULE,
    &unicode_lookalike_in_uri::RULE,
    &unreadable_directory::RULE,
    &unreadable_file::RULE,
    &uri_form_required::RULE,
    &url_is_namespace::RULE,
    &url_without_scheme::RULE,
    &usage_terms_missing::RULE,
    &version_below_policy::RULE,
    &web_statement_is_license::RULE,
    &web_statement_missing::RULE,
];

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    CATALOGUE.iter().find(|r| r.id == id).copied()
}

/// The ids of all rules, which a policy may name.
pub fn ids() -> Vec<&'static str> {
    CATALOGUE.iter().map(|r| r.id).collect()
}

/// Holds `case` against every rule about an asset that its policy has not
/// turned off.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in CATALOGUE {
        let Check::Asset(check) = rule.check else { continue };
        if let Some(severity) = case.policy.severity(rule.id, rule.severity, rule.on) {
            let fixed = case.policy.overrides(rule.id);
            check(case, &mut Findings::new(rule, severity, fixed, &mut found));
        }
    }
    found
}
