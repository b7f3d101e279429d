//! Markup, addresses, styles and scripts as strangers write them.

use proptest::prelude::*;

use super::super::address::{Leads, follow};
use super::super::page::{Load, of_markdown};
use super::super::script::{self, Trouble};
use super::super::{colour, html, style};

#[test]
fn addresses_lead_where_a_browser_would_go() {
    let inside = |path: &str| Leads::Inside(path.to_owned());
    for (address, wanted) in [
        ("two.html", inside("books/tale/two.html")),
        ("./a/../two.html?x=1#y", inside("books/tale/two.html")),
        ("../../media/a%20b.svg", inside("media/a b.svg")),
        ("/media/a.svg", inside("/media/a.svg")),
        ("../../../a.svg", inside("../../../a.svg")),
        ("#end", Leads::Itself),
        ("data:image/png;base64,AAAA", Leads::Itself),
        ("  HTTPS://a.example/x ", Leads::Outside("HTTPS://a.example/x".to_owned())),
        ("//a.example/x", Leads::Outside("//a.example/x".to_owned())),
        ("mailto:a@a.example", Leads::Program("mailto:a@a.example".to_owned())),
        ("java\nscript:x()", Leads::Script),
    ] {
        assert_eq!(follow("books/tale/one.xhtml", address), wanted, "{address}");
    }
}

#[test]
fn what_a_page_shows_is_seen_however_it_is_written() {
    let page = html::read(
        "pages/a.html",
        "<!DOCTYPE html><!-- <img src=no> --><IMG SRC='a.png' ALT=\"A &amp; B\"><img src=b.png aria-hidden=true><img src=c.png>\
         <script>if (a < b) { document.write('<img src=no>') }</script><script type='text/template'><img src=no></script>\
         <svg><image xlink:href='d.svg'/></svg><p>One <b>two</b><p>three<video src=v.mp4><track src=v.vtt></video><audio src=s.mp3></audio>\
         <style>body { background: url( \"e.png\" ) }</style><a href=x.html>x</a> 1 < 2 &lt; 3",
    );
    let alts: Vec<Option<&str>> = page.pictures.iter().map(|shown| shown.alt.as_deref()).collect();
    assert_eq!(alts, [Some("A & B"), Some(""), None]);
    let path = |leads: &Leads| match leads {
        Leads::Inside(path) => path.clone(),
        other => format!("{other:?}"),
    };
    let of = |wanted: Load| {
        page.loads
            .iter()
            .filter(|(load, _)| *load == wanted)
            .map(|(_, leads)| path(leads))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Load::Picture), ["pages/a.png", "pages/b.png", "pages/c.png", "pages/d.svg"]);
    assert_eq!(of(Load::Played), ["pages/v.mp4", "pages/v.vtt", "pages/s.mp3"]);
    assert_eq!(of(Load::Style), ["pages/e.png"]);
    assert_eq!((page.unworded, page.runs, page.links.len()), (1, true, 1));
    let read: Vec<&str> = page.prose.iter().map(|prose| prose.text.trim()).collect();
    assert_eq!(read, ["One two", "threex 1 < 2 < 3"]);
    let based = html::read("apps/x/a.html", "<base href='lib/'><script src=a.js></script>");
    assert_eq!(based.loads, [(Load::Script, Leads::Inside("apps/x/lib/a.js".to_owned()))]);
}

#[test]
fn markdown_gives_its_pictures_links_and_sentences() {
    let page = of_markdown(
        "pages/a.md",
        "# A *title*\n\nOne\ntwo. ![Three `goats`](../media/x.svg) ![](y.svg)\n\n- four [five](b.md)\n\n| a | b |\n|-|-|\n| c | d |\n",
    );
    let read: Vec<(&str, bool)> =
        page.prose.iter().map(|prose| (prose.text.trim(), prose.in_sentences)).collect();
    assert_eq!(
        read,
        [
            ("A title", false),
            ("One two.", true),
            ("four five", true),
            ("a", false),
            ("b", false),
            ("c", false),
            ("d", false)
        ]
    );
    let alts: Vec<Option<&str>> = page.pictures.iter().map(|shown| shown.alt.as_deref()).collect();
    assert_eq!(alts, [Some("Three goats"), None]);
    assert_eq!(page.links, [Leads::Inside("pages/b.md".to_owned())]);
}

#[test]
fn scripts_that_ask_elsewhere_or_run_unpacked_text_are_told() {
    let asks = |address: &str| Trouble::Asks(address.to_owned());
    for (text, wanted) in [
        ("fetch ( 'https://a.example/x' )", vec![asks("https://a.example/x")]),
        ("import{a}from\"//a.example/m.js\"", vec![asks("//a.example/m.js")]),
        ("import 'http://a.example/m.js'", vec![asks("http://a.example/m.js")]),
        (
            "img.src = \"http://a.example/p.png\"; img.src='http://a.example/p.png'",
            vec![asks("http://a.example/p.png")],
        ),
        ("x.open('GET', `wss://a.example`, true)", vec![asks("wss://a.example")]),
        ("eval(function(p,a,c,k,e,d){})", vec![Trouble::Unpacks]),
        ("new Function( atob('eA==') )", vec![Trouble::Unpacks]),
        ("document.write(unescape('%3Cscript'))", vec![Trouble::Unpacks]),
        (
            "// see https://a.example\nvar ns = 'http://www.w3.org/2000/svg'; fetch('a.json'); eval('1+1')",
            vec![],
        ),
    ] {
        assert_eq!(script::look(text), wanted, "{text}");
    }
}

#[test]
fn faint_colours_are_those_of_less_than_four_and_a_half() {
    let faint = |css: &str| style::read("a.css", css).faint;
    assert_eq!(faint("p { color: #777; background: white }"), ["#777 on white has a contrast of 4.5"]);
    assert!(faint("p { color: #767676; background: white }").is_empty());
    assert!(
        faint("p { color: #777 } q { background: white } r { color: rgba(0, 0, 0, .1); background: white }")
            .is_empty()
    );
    assert_eq!(faint("@media print { p { color: yellow !important; background-color: #ffffff } }").len(), 1);
    assert!((colour::contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// Tags, quotes and signs in any order: a page comes out, and nothing else happens.
    #[test]
    fn no_markup_is_too_broken(parts in prop::collection::vec(prop::sample::select(vec![
        "<", ">", "/", "=", "'", "\"", " ", "a", "é", "<p", "</p>", "<script>", "</script", "<!--", "-->", "<![CDATA[", "]]>", "&", "&#x41;",
        "&#99999999;", "<style>", "{", "}", "url(", ")", "/*", "*/", "@import", "href", "src", "style", "<img ", "<svg:text>", "<?", "%2", ";", ":",
    ]), 0..40)) {
        let text = parts.concat();
        html::read("pages/a.html", &text);
        html::read_drawing("media/a.svg", &text);
        style::read("a.css", &text);
        script::look(&text);
        follow("pages/a.html", &text);
        of_markdown("pages/a.md", &text);
    }
}
