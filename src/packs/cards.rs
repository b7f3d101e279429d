//! Cards in a page: to be printed, cut and laid on a table.
//!
//! A block quote that starts with `**Cards: 4**` begins a set of cards, four on a sheet of A4. From there on each heading
//! of the second level begins a card, up to the next heading of the first level, the next set, or the page's end.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

/// How many cards a sheet may be cut into: halves of halves, so that every cut goes straight through.
const ON_A_SHEET: [&str; 4] = ["1", "2", "4", "8"];

const CLOSE_CARD: &str = "</section>\n";
const CLOSE_SET: &str = "</div>\n";

/// Follows a page from its first event to its last, and says what to put between them.
#[derive(Default)]
pub(super) struct Cards {
    /// A set was announced, and its first card has not come yet.
    announced: Option<&'static str>,
    in_set: bool,
    in_card: bool,
    /// Quotes and lists around the event; a heading in one of them begins no card.
    depth: usize,
}

impl Cards {
    /// What goes before the first of `events`, and how many of them it takes the place of.
    pub(super) fn before(&mut self, events: &[Event]) -> (String, usize) {
        if let (0, Some(on_a_sheet)) = (self.depth, announced(events)) {
            let mut markup = self.end();
            self.announced = Some(on_a_sheet);
            // Without more words the quote was for us alone.
            let ends = matches!(events.get(5), Some(Event::End(TagEnd::Paragraph)));
            if ends && matches!(events.get(6), Some(Event::End(TagEnd::BlockQuote(_)))) {
                return (markup, 7);
            }
            self.depth += 1;
            markup.push_str("<blockquote class=\"cards-note\">\n<p>");
            return (markup, 5);
        }
        match events.first() {
            Some(Event::Start(Tag::BlockQuote(_) | Tag::List(_))) => self.depth += 1,
            Some(Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_))) => {
                self.depth = self.depth.saturating_sub(1);
            }
            Some(Event::Start(Tag::Heading { level, .. })) if self.depth == 0 => {
                return (self.heading(*level), 0);
            }
            _ => {}
        }
        (String::new(), 0)
    }

    fn heading(&mut self, level: HeadingLevel) -> String {
        let mut markup = String::new();
        match level {
            HeadingLevel::H1 => {
                self.announced = None;
                markup = self.end();
            }
            HeadingLevel::H2 if self.in_set || self.announced.is_some() => {
                if let Some(on_a_sheet) = self.announced.take() {
                    markup = format!("<div class=\"cards-to-cut\" data-on-a-sheet=\"{on_a_sheet}\">\n");
                    self.in_set = true;
                }
                if self.in_card {
                    markup.push_str(CLOSE_CARD);
                }
                markup.push_str("<section class=\"card-to-cut\">\n");
                self.in_card = true;
            }
            _ => {}
        }
        markup
    }

    /// Closes what is open.
    pub(super) fn end(&mut self) -> String {
        let mut markup = String::new();
        if std::mem::take(&mut self.in_card) {
            markup.push_str(CLOSE_CARD);
        }
        if std::mem::take(&mut self.in_set) {
            markup.push_str(CLOSE_SET);
        }
        markup
    }
}

/// Whether `events` begin with the quote that announces cards, and how many on a sheet.
fn announced(events: &[Event]) -> Option<&'static str> {
    let [
        Event::Start(Tag::BlockQuote(_)),
        Event::Start(Tag::Paragraph),
        Event::Start(Tag::Strong),
        Event::Text(text),
        Event::End(TagEnd::Strong),
        ..,
    ] = events
    else {
        return None;
    };
    let number = text.strip_prefix("Cards:")?.trim();
    ON_A_SHEET.into_iter().find(|known| *known == number)
}
