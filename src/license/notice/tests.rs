//! What the phrases do in whole texts, language by language.

use std::collections::BTreeSet;

use super::phrases::{Kind, phrases};
use proptest::strategy::Strategy as _;

use super::*;

#[test]
fn notices_name_owner_and_years() {
    for (text, owner, years) in [
        ("© 2019 Jane Doe", "Jane Doe", Some((2019, 2019))),
        ("©2019 Jane Doe", "Jane Doe", Some((2019, 2019))),
        ("&copy; 2019 Jane Doe", "Jane Doe", Some((2019, 2019))),
        ("(c) City Museum 2014", "City Museum", Some((2014, 2014))),
        ("City Museum © 2014", "City Museum", Some((2014, 2014))),
        ("Photo: Jane Doe, © 2012", "Jane Doe", Some((2012, 2012))),
        ("Copyright City Museum", "City Museum", None),
        ("copyright jane doe", "jane doe", None),
        ("Copr. 1968 by Edition Nord", "Edition Nord", Some((1968, 1968))),
        ("℗ 1999 Radio Nord", "Radio Nord", Some((1999, 1999))),
        ("Copyright © 2016 Phil Harvey", "Phil Harvey", Some((2016, 2016))),
        (
            "Copyright (C) 2001, 2003-2007 by J. R. Smith",
            "J. R. Smith",
            Some((2001, 2007)),
        ),
        (
            "Copyright 1995-96 W. van Berg, Ghent",
            "W. van Berg, Ghent",
            Some((1995, 1996)),
        ),
        (
            "Copyright 2008, Paper Mill Incorporated, all rights reserved.",
            "Paper Mill Incorporated",
            Some((2008, 2008)),
        ),
        ("© Acme Inc. All Rights Reserved", "Acme Inc", None),
        ("© Jane Doe, CC BY 4.0", "Jane Doe", None),
        (
            "Copyright W. van Berg, Ghent 1995-96",
            "W. van Berg, Ghent",
            Some((1995, 1996)),
        ),
        ("© The Author(s) 2020", "The Author(s)", Some((2020, 2020))),
        ("Tous droits réservés, Musée de Lyon", "Musée de Lyon", None),
        ("All rights reserved by City Museum", "City Museum", None),
        ("© www.example.org", "www.example.org", None),
        ("© 2020 Jane Doe. Licensed under CC BY 4.0", "Jane Doe", Some((2020, 2020))),
        ("(с) Максим Петров", "Максим Петров", None),
        ("© The National Archive", "The National Archive", None),
        ("Copyright holder: City Museum", "City Museum", None),
        ("Copyright Holder: City Museum", "City Museum", None),
        ("Copyright-Hinweis: Stadtarchiv Bonn", "Stadtarchiv Bonn", None),
        ("All content is © Town Archive and may not be copied", "Town Archive", None),
        (
            "© 2022 Doe et al. This is an open access article",
            "Doe et al",
            Some((2022, 2022)),
        ),
        ("© Musée d’Art, Lyon", "Musée d’Art, Lyon", None),
        (
            "<p>&copy; 2010–14 City <b>Museum</b></p>",
            "City <b>Museum",
            Some((2010, 2014)),
        ),
    ] {
        let found = notice(text);
        let found = found.as_ref().map(|n| (n.owner, n.years));
        assert_eq!(found, Some((Some(owner), years)), "{text}");
    }
}

#[test]
fn the_two_part_form_names_photographer_and_editor() {
    for (text, owner, editor) in [
        ("Jane Doe, 2019\0City Museum 2020\0", Some("Jane Doe"), Some("City Museum")),
        (" \0© 2020 City Museum\0", None, Some("City Museum")),
        (
            "Photographer, Jane Doe\0Editor, City Museum",
            Some("Jane Doe"),
            Some("City Museum"),
        ),
    ] {
        let found = notice(text).map(|n| (n.owner, n.editor));
        assert_eq!(found, Some((owner, editor)), "{text:?}");
    }
    let alone = notice("© 2019 Jane Doe\0").expect("a notice");
    assert_eq!((alone.owner, alone.editor), (Some("Jane Doe"), None));
}

#[test]
fn notices_are_known_in_every_language() {
    let texts = [
        "Urheberrecht bei Stadtmuseum Bonn",
        "Urheberrecht: Jana Beispiel",
        "Droits d'auteur : Musée de Lyon",
        "Tous droits réservés © Musée de Lyon",
        "Derechos de autor: Museo del Mar",
        "Direitos autorais: Museu do Mar",
        "Direitos de autor © 2011 Museu do Mar",
        "Diritto d'autore: Museo Civico",
        "Auteursrecht: Gemeentemuseum",
        "Auteursrecht bij Gemeentemuseum Utrecht 2011",
        "Prawa autorskie: Muzeum Miasta",
        "Upphovsrätt: Stadsmuseet",
        "Tekijänoikeus: Kaupunginmuseo",
        "Ophavsret: Bymuseet",
        "Opphavsrett: Bymuseet",
        "Autorská práva: Městské muzeum",
        "著作権 市立博物館",
        "著作権者：山田花子",
        "版权归市博物馆所有",
        "版權 © 2015 市立美術館",
        "저작권 © 2016 시립박물관",
        "저작권자: 김하나",
        "حقوق النشر: متحف المدينة",
        "حقوق النشر © 2018 متحف المدينة",
        "Авторские права: Городской музей",
        "Авторські права: Міський музей",
        "Правообладатель: Городской музей",
        // Claims that name nobody.
        "This image is protected by copyright.",
        "Dieses Bild ist urheberrechtlich geschützt.",
        "Œuvre protégée par le droit d'auteur.",
        "Obra protegida por derechos de autor.",
        "Obra protegida por direitos autorais.",
        "Opera protetta dal diritto d'autore.",
        "Dit werk is auteursrechtelijk beschermd.",
        "Utwór chroniony prawem autorskim.",
        "Bilden är upphovsrättsligt skyddad.",
        "Teos on tekijänoikeuden suojaama.",
        "Billedet er beskyttet af ophavsret.",
        "Bildet er beskyttet av opphavsrett.",
        "Dílo je chráněno autorským zákonem.",
        "この画像は著作権で保護されています。",
        "本作品受著作权法保护。",
        "이 작품은 저작권법의 보호를 받습니다.",
        "هذا العمل محمي بموجب حقوق النشر",
        "Изображение охраняется авторским правом.",
        "Зображення охороняється авторським правом.",
    ];
    let wrong = texts.iter().filter(|text| !claims_copyright(text));
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [&&str; 0]);
}

#[test]
fn what_only_looks_like_a_notice_claims_nothing() {
    let texts = [
        "",
        "No copyright",
        "No Copyright - United States",
        "No known copyright restrictions",
        "Copyright-free",
        "copyright free image",
        "not copyrighted",
        "This image is not copyrighted.",
        "Copyright",
        "Copyright,",
        "COPYRIGHT, 2005",
        "© 2005",
        "©",
        "(c)",
        "Free of known copyright restrictions",
        "copyright expired",
        "The copyright has expired.",
        "Copyright Expired",
        "public domain, no copyright",
        "(C) by Caplio Pro G3 User",
        "KODAK DC240 ZOOM DIGITAL CAMERA",
        "Copyright: CC0",
        "Copyright: CC BY 4.0",
        "Copyright: Public Domain",
        "Copyright: none",
        "Copyright Unknown",
        "Copyright status: undetermined",
        "Copyright Not Evaluated",
        "Out of copyright",
        "No longer protected by copyright",
        "May be protected by copyright",
        "Copyright and related rights waived via CC0",
        "Copyright law is complicated in this country, so ask.",
        "We wrote about copyright issues in museums.",
        "(a) maps, (b) prints, (c) Drawings",
        "Adobe Systems Inc, 2008",
        "Jane Doe",
        "Copyright notice",
        "Copyright (c) [year] [name]",
        "Copyright-Only Dedication (based on United States law)",
        "Copyright Your Name",
        "All rights reserved - used with permission",
        "All rights reserved. Jane Doe sings.",
        "All rights reserved by the artist",
        "© CC BY 4.0",
        "© public domain",
        "© unknown",
        "Please respect the copyright of the photographer",
        "No copyright infringement intended",
        "She is an expert in copyright law.",
        "Kein Copyright",
        "Urheberrecht erloschen",
        "Das Urheberrecht ist abgelaufen.",
        "Nicht urheberrechtlich geschützt",
        "Libre de droits d'auteur",
        "Sans droit d'auteur",
        "N'est pas protégé par le droit d'auteur",
        "Sin derechos de autor",
        "Derechos de autor expirados",
        "Sem direitos autorais",
        "Diritti d'autore scaduti",
        "Geen auteursrecht",
        "Auteursrecht verlopen",
        "Brak praw autorskich",
        "Ingen upphovsrätt",
        "Ei tekijänoikeutta",
        "Ingen ophavsret",
        "Ingen opphavsrett",
        "Bez autorských práv",
        "著作権なし",
        "著作権フリー",
        "著作権の保護期間が満了しています",
        "著作権切れ",
        "无版权",
        "没有版权",
        "版权已过期",
        "저작권 없음",
        "저작권 만료",
        "بدون حقوق نشر",
        "Без авторских прав",
        "Авторские права истекли",
        "Без авторських прав",
    ];
    let wrong = texts.iter().filter(|text| claims_copyright(text));
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [&&str; 0]);
}

#[test]
fn all_rights_reserved_is_known_in_every_language() {
    let texts = [
        "All Rights Reserved.",
        "ALL RIGHTS RESERVED",
        "all-rights-reserved",
        "All  rights\u{a0}reserved",
        "All rights\nreserved",
        "© 2019 Jane Doe. All rights reserved. No commercial use.",
        "AllRightsReserved",
        "Alle Rechte vorbehalten",
        "Alle Rechte vorbehalten, auch die der Übersetzung",
        "Sämtliche Rechte vorbehalten",
        "Tous droits réservés",
        "Tous droits re\u{301}serve\u{301}s",
        "TOUS DROITS RESERVES",
        "Todos los derechos reservados",
        "Reservados todos los derechos",
        "Todos os direitos reservados",
        "Tutti i diritti riservati",
        "Tutti i diritti sono riservati.",
        "Alle rechten voorbehouden",
        "Wszelkie prawa zastrzeżone",
        "WSZELKIE PRAWA ZASTRZEZONE",
        "Alla rättigheter förbehållna",
        "Alla rattigheter forbehallna",
        "Kaikki oikeudet pidätetään",
        "Alle rettigheder forbeholdes",
        "Alle rettigheter forbeholdt",
        "Všechna práva vyhrazena",
        "Vsechna prava vyhrazena",
        "すべての権利を留保します",
        "無断転載禁止",
        "全著作権所有",
        "版权所有",
        "版權所有，翻印必究",
        "保留所有权利",
        "保留一切權利",
        "모든 권리 보유",
        "모든권리보유",
        "جميع الحقوق محفوظة",
        "كافّة الحقوق محفوظة",
        "Все права защищены",
        "ВСЕ ПРАВА ЗАЩИЩЕНЫ",
        "Усі права захищені",
        "Всі права застережено",
    ];
    let wrong = texts.iter().filter(|text| !reserves_all_rights(text));
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [&&str; 0]);
}

#[test]
fn other_rights_are_not_all_rights_reserved() {
    let texts = [
        "",
        "No rights reserved",
        "Some rights reserved",
        "Not all rights reserved",
        "Reserved",
        "Rights reserved",
        "All rights",
        "All rights. Reserved for guests",
        "Nicht alle Rechte vorbehalten",
        "Einige Rechte vorbehalten",
        "Keine Rechte vorbehalten",
        "Certains droits réservés",
        "Pas tous droits réservés",
        "Algunos derechos reservados",
        "Ningún derecho reservado",
        "Alguns direitos reservados",
        "Alcuni diritti riservati",
        "Sommige rechten voorbehouden",
        "Pewne prawa zastrzeżone",
        "Vissa rättigheter förbehållna",
        "Inte alla rättigheter förbehållna",
        "Jotkin oikeudet pidätetään",
        "Nogle rettigheder forbeholdes",
        "Noen rettigheter forbeholdt",
        "Některá práva vyhrazena",
        "一部の権利を留保します",
        "保留部分权利",
        "部分權利保留",
        "일부 권리 보유",
        "بعض الحقوق محفوظة",
        "Некоторые права защищены",
        "Не все права защищены",
        "Деякі права захищені",
    ];
    let wrong = texts.iter().filter(|text| reserves_all_rights(text));
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [&&str; 0]);
}

#[test]
fn public_domain_is_known_in_every_language() {
    let texts = [
        "Public domain",
        "This work is in the public domain.",
        "PUBLIC-DOMAIN",
        "Not protected by copyright and in the public domain",
        "No copyright, public domain",
        "Dieses Bild ist gemeinfrei.",
        "Das Werk ist Public Domain.",
        "Domaine public",
        "Œuvre dans le domaine public",
        "Obra de dominio público",
        "Domínio público",
        "Pubblico dominio",
        "Opera di dominio pubblico",
        "Publiek domein",
        "Behoort tot het publieke domein",
        "Domena publiczna",
        "Utwór w domenie publicznej",
        "Allmän egendom",
        "Teos on vapaa tekijänoikeuksista",
        "Teos on public domain",
        "Offentlig ejendom",
        "Verket er falt i det fri",
        "Volné dílo",
        "Dílo je ve veřejné doméně",
        "パブリックドメイン",
        "パブリック・ドメインです。",
        "公有领域",
        "公共領域",
        "퍼블릭 도메인",
        "العمل في الملكية العامة",
        "Общественное достояние",
        "Произведение перешло в общественное достояние",
        "Суспільне надбання",
        "У суспільному надбанні",
    ];
    let wrong = texts.iter().filter(|text| !says_public_domain(text));
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [&&str; 0]);
}

#[test]
fn what_is_not_in_the_public_domain_does_not_say_so() {
    let texts = [
        "",
        "Not in the public domain",
        "This work is not in the public domain.",
        "This isn't in the public domain",
        "This is no longer in the public domain",
        "It may be in the public domain in some countries.",
        "Unless in the public domain, works may not be copied.",
        "Enters the public domain in 2040",
        "The domain is public",
        "Nicht gemeinfrei",
        "Das Werk ist nicht gemeinfrei.",
        "Ce n'est pas dans le domaine public",
        "No es de dominio público",
        "Não está em domínio público",
        "Non è di pubblico dominio",
        "Behoort niet tot het publieke domein",
        "Utwór nie jest w domenie publicznej",
        "Inte allmän egendom",
        "Teos ei ole vapaa tekijänoikeuksista",
        "Ikke offentlig ejendom",
        "Ikke falt i det fri",
        "Konsert i det fri",
        "Není volné dílo",
        "パブリックドメインではありません",
        "不属于公有领域",
        "퍼블릭 도메인이 아닙니다",
        "ليس في الملكية العامة",
        "Не является общественным достоянием",
        "Не є суспільним надбанням",
    ];
    let wrong = texts.iter().filter(|text| says_public_domain(text));
    assert_eq!(wrong.collect::<Vec<_>>(), [] as [&&str; 0]);
}

#[test]
fn every_phrase_means_what_its_row_says() {
    let mut wrong = Vec::new();
    for phrase in phrases() {
        let text = phrase.text;
        match phrase.kind {
            Kind::Reserved if !reserves_all_rights(text) => wrong.push(text),
            Kind::PublicDomain if !says_public_domain(text) => wrong.push(text),
            Kind::Protected if !claims_copyright(text) => wrong.push(text),
            Kind::Terms | Kind::Permission if extra_terms(text).is_none() => {
                wrong.push(text)
            }
            _ => {}
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn nineteen_languages_have_phrases_for_every_claim() {
    for kind in [
        Kind::Copyright,
        Kind::Protected,
        Kind::Reserved,
        Kind::PublicDomain,
        Kind::Terms,
    ] {
        let langs: BTreeSet<&str> = phrases()
            .iter()
            .filter(|phrase| phrase.kind == kind)
            .flat_map(|phrase| phrase.langs.iter().copied())
            .collect();
        for lang in "ar cs da de en es fi fr it ja ko nl no pl pt ru sv uk zh".split(' ')
        {
            assert!(langs.contains(lang), "{kind:?} {lang}");
        }
    }
}

#[test]
fn hostile_texts_are_read_in_a_line() {
    for part in [
        "not ",
        "(c) ",
        "© 2019 ",
        "<a ",
        "all rights ",
        "public domain ",
        "&",
        "不",
        "(",
    ] {
        let text = part.repeat(20_000 / part.len());
        let _ = (claims_copyright(&text), reserves_all_rights(&text));
        let _ = (says_public_domain(&text), extra_terms(&text));
        let _ = (is_placeholder_creator(&text), is_placeholder_title(&text));
        assert!(!is_contact(&text), "{part}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(
        parts in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::sample::select(phrases()).prop_map(|phrase| phrase.text.to_owned()),
                proptest::sample::select(vec![
                    "©", "(c)", "&copy;", "<b>", "<", "\0", "1999", "-99", ",", ". ", "Ünal", "(",
                ]).prop_map(str::to_owned),
                "\\PC{0,6}",
            ],
            0..12,
        ),
        space in "[ \n]?",
    ) {
        let text = parts.join(&space);
        if let Some(span) = extra_terms(&text) {
            assert!(text.get(span).is_some_and(|quote| !quote.is_empty()), "{text:?}");
        }
        if let Some(notice) = notice(&text) {
            let named = notice.owner.or(notice.editor);
            assert!(named.is_some_and(|name| !is_blank(name)), "{text:?}");
            assert!(claims_copyright(&text), "{text:?}");
        }
        let _ = (reserves_all_rights(&text), says_public_domain(&text), is_contact(&text));
        let _ = (is_placeholder_creator(&text), is_placeholder_title(&text));
        assert!(!(is_empty_notice(&text) && notice(&text).is_some()), "{text:?}");
    }
}
