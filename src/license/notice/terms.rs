//! Terms that somebody added beside a license.

use std::cmp::Reverse;
use std::ops::Range;

use super::super::memo::{Memo, remembered};
use super::phrases::{Hit, Kind, Reading};
use super::text::Gap;

/// How many words from "without permission" its prohibition may stand.
const SENTENCE: usize = 24;

/// Where `text` restricts what a license may have granted: "for personal use
/// only", "permission required", "nur für private Nutzung". The bytes of the
/// first such phrase.
///
/// To ask for credit restricts nothing, nor does the name of a license.
pub fn extra_terms(text: &str) -> Option<Range<usize>> {
    thread_local! {
        static MEMO: Memo<Option<Range<usize>>> = Memo::default();
    }
    remembered(&MEMO, text, read_extra_terms)
}

fn read_extra_terms(text: &str) -> Option<Range<usize>> {
    let reading = Reading::new(text);
    let terms = reading.hits(Kind::Terms);
    let permission =
        reading.hits(Kind::Permission).filter(|hit| !reading.is_denied(*hit, 4));
    let without = reading.hits(Kind::Without).filter(|hit| is_prohibited(&reading, *hit));
    let first = terms
        .chain(permission)
        .chain(without)
        .min_by_key(|hit| (hit.first, Reverse(hit.end)))?;
    Some(reading.text.span(first.first, first.end))
}

/// Whether the sentence around `hit` prohibits something: "may be used without
/// permission" does not.
fn is_prohibited(reading: &Reading<'_>, hit: Hit) -> bool {
    let prohibits = |index: usize| {
        let langs = &hit.phrase.langs;
        [Kind::Not, Kind::No, Kind::Forbid]
            .iter()
            .any(|kind| reading.word_is(index, *kind, langs))
    };
    let starts_sentence = |index: usize| {
        reading.text.words.get(index).is_none_or(|word| word.gap == Gap::Sentence)
    };
    for index in (0..hit.first).rev().take(SENTENCE) {
        if starts_sentence(index + 1) {
            break;
        }
        if prohibits(index) {
            return true;
        }
    }
    (hit.end..).take(SENTENCE).take_while(|index| !starts_sentence(*index)).any(prohibits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_terms_are_quoted_in_every_language() {
        let mut wrong = Vec::new();
        for (text, quote) in [
            (
                "CC BY, commercial use by permission only",
                "commercial use by permission only",
            ),
            ("CC BY 4.0. No commercial use without permission.", "No commercial use"),
            ("For personal use only!", "personal use only"),
            ("CC BY-SA 3.0, not for resale", "not for resale"),
            ("Permission required", "Permission required"),
            ("Please do not download", "do not download"),
            ("Contact us for commercial use", "Contact us for commercial"),
            ("Educational use only", "Educational use only"),
            ("May be copied, but not without permission", "without permission"),
            (
                "Reproduction without written permission is prohibited",
                "without written permission",
            ),
            ("It is forbidden to use for evil purposes", "It is forbidden"),
            ("Nur für private Nutzung", "Nur für private"),
            (
                "CC BY 4.0 – kommerzielle Nutzung nur mit Genehmigung",
                "kommerzielle Nutzung nur",
            ),
            ("Nachdruck verboten", "Nachdruck verboten"),
            ("Pour un usage privé", "Pour un usage privé"),
            ("Reproduction interdite sans autorisation", "Reproduction interdite"),
            (
                "Toute utilisation commerciale est soumise à autorisation",
                "Toute utilisation commerciale",
            ),
            ("Prohibida su reproducción", "Prohibida su reproducción"),
            ("Solo uso personal", "Solo uso personal"),
            ("Apenas para uso pessoal", "Apenas para uso pessoal"),
            ("Uso comercial proibido", "Uso comercial proibido"),
            ("Solo per uso personale", "Solo per uso personale"),
            ("È vietata la copia", "È vietata"),
            ("Alleen voor persoonlijk gebruik", "Alleen voor persoonlijk gebruik"),
            (
                "Niets mag zonder toestemming worden gebruikt, verboden",
                "zonder toestemming",
            ),
            ("Wyłącznie do użytku prywatnego", "Wyłącznie do użytku"),
            ("Kopiowanie zabronione", "Kopiowanie zabronione"),
            ("Użycie komercyjne tylko za zgodą", "Użycie komercyjne tylko"),
            ("Usage commerciale interdite", "Usage commerciale interdite"),
            ("Endast för privat bruk", "Endast för privat bruk"),
            ("Vain yksityiseen käyttöön", "Vain yksityiseen käyttöön"),
            ("Kaupallinen käyttö kielletty", "Kaupallinen käyttö kielletty"),
            ("Kun til privat brug", "Kun til privat brug"),
            ("Kun til privat bruk", "Kun til privat bruk"),
            ("Pouze pro osobní potřebu", "Pouze pro osobní"),
            ("商用利用禁止", "商用利用禁止"),
            ("个人学习：仅供个人使用", "仅供个人"),
            ("未經許可，不得使用", "未經許可"),
            ("상업적 이용 금지", "상업적 이용 금지"),
            ("للاستخدام الشخصي فقط", "للاستخدام الشخصي فقط"),
            ("Только для личного использования", "Только для личного"),
            ("Тільки для особистого користування", "Тільки для особистого"),
        ] {
            let found = extra_terms(text).and_then(|span| text.get(span));
            if found != Some(quote) {
                wrong.push((text, found));
            }
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn credit_and_plain_licenses_are_no_extra_terms() {
        let mut wrong = Vec::new();
        for text in [
            "",
            "CC BY 4.0",
            "Attribution-NonCommercial-NoDerivatives 4.0 International",
            "Namensnennung - Keine kommerzielle Nutzung - Keine Bearbeitungen 3.0 Deutschland",
            "Namensnennung-Keine Bearbeitung 4.0 International",
            "表示 - 非営利 - 改変禁止 4.0 国際",
            "저작자표시-비영리-변경금지 4.0 국제",
            "署名-非商业性使用-禁止演绎 4.0 国际",
            "Nimi Mainittava - Ei kaupalliseen käyttöön 1.0",
            "Pas d'Utilisation Commerciale - Pas de Modification 3.0 France",
            "Uznanie autorstwa-Użycie niekomercyjne-Bez utworów zależnych 4.0",
            "Please credit the photographer.",
            "Attribution required",
            "You must give appropriate credit.",
            "Credit line required: City Museum",
            "Commercial use permitted",
            "May be used without permission",
            "No permission required",
            "No further permission is required",
            "Use does not require permission.",
            "Free for commercial use",
            "Contact us for more information",
            "Namensnennung erforderlich",
            "Keine Genehmigung erforderlich",
            "Kommerzielle Nutzung erlaubt",
            "Bitte nennen Sie die Fotografin.",
            "Mention de l'auteur obligatoire",
            "Utilisable sans autorisation préalable",
            "Utilisation commerciale autorisée",
            "Puede usarse sin permiso",
            "Uso comercial permitido",
            "Pode ser usado sem autorização",
            "Utilizzabile senza autorizzazione",
            "Naamsvermelding verplicht",
            "Mag zonder toestemming worden gebruikt",
            "Można używać bez zgody autora",
            "Får användas utan tillstånd",
            "Saa käyttää ilman lupaa",
            "Kan bruges uden tilladelse",
            "Kan brukes uten tillatelse",
            "Lze užít bez souhlasu",
            "商用利用可",
            "可用于商业用途",
            "상업적 이용 가능",
            "يمكن استخدامه بدون إذن",
            "Можно использовать без разрешения",
            "Можна використовувати без дозволу",
        ] {
            if let Some(span) = extra_terms(text) {
                wrong.push((text, text.get(span)));
            }
        }
        assert_eq!(wrong, []);
    }
}
