//! The first sheet of an `OpenDocument` spreadsheet as rows of words.

use std::io::BufReader;

use super::super::source::Source;
use super::super::xml::{Element, Step, Trees};
use super::sheet::Rows;
use crate::error::Result;

/// Cells to the right, and rows below, that hold something; spreadsheets repeat empty ones a million times.
const MOST_COLUMNS: usize = 60;
const MOST_ROWS: usize = 6_000;

/// Reads the rows.
///
/// # Errors
/// `import.xml`, or that it can't be read.
pub(in super::super) fn rows(source: &Source) -> Result<Rows> {
    const PATH: &str = "content.xml";
    let mut trees = Trees::new(PATH, BufReader::new(source.open(PATH)?));
    let mut rows = Rows::new();
    let mut number = 0;
    while let Some(step) = trees.step()? {
        let Step::Closed(depth) = step else { continue };
        // document-content, body, spreadsheet, table, table-row
        match (depth, trees.closed().map(|element| element.name.as_str())) {
            (3, Some("table")) => break,
            (4, Some("table-row")) => {
                let row = trees.take();
                let repeated = count(&row, "number-rows-repeated");
                let cells = cells(&row);
                number += repeated;
                if cells.iter().any(|cell| !cell.is_empty()) && rows.len() < MOST_ROWS {
                    rows.push((number, cells));
                }
            }
            (4, Some("table-header-rows" | "table-rows" | "table-row-group")) => {
                for row in trees.take().all("table-row") {
                    number += count(row, "number-rows-repeated");
                    rows.push((number, cells(row)));
                }
            }
            _ => {}
        }
    }
    Ok(rows)
}

fn count(element: &Element, name: &str) -> usize {
    element.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(1)
}

fn cells(row: &Element) -> Vec<String> {
    let mut cells = Vec::new();
    for cell in
        row.children.iter().filter(|cell| matches!(cell.name.as_str(), "table-cell" | "covered-table-cell"))
    {
        let lines: Vec<String> = cell.all("p").map(Element::whole_text).collect();
        let text = lines.join("\n");
        for _ in 0..count(cell, "number-columns-repeated").min(MOST_COLUMNS.saturating_sub(cells.len())) {
            cells.push(text.clone());
        }
    }
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}
