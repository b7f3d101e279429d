//! The few words that the box itself puts into a pack, in the languages of its screens.

/// Titles of activities that are made of questions.
pub(super) struct Words {
    /// Of a practice.
    pub(super) practice: &'static str,
    /// Of a check.
    pub(super) check: &'static str,
    /// Of a page.
    pub(super) read: &'static str,
    /// Of questions that have no topic.
    pub(super) questions: &'static str,
    /// Of a part that has no name.
    pub(super) part: &'static str,
    /// Of a table of contents.
    pub(super) contents: &'static str,
}

const ENGLISH: Words = Words {
    practice: "Your turn",
    check: "Show what you know",
    read: "Read this first",
    questions: "Questions",
    part: "Part",
    contents: "Contents",
};

const OTHERS: [(&str, Words); 3] = [
    (
        "es",
        Words {
            practice: "Ahora tú",
            check: "Muestra lo que sabes",
            read: "Lee esto primero",
            questions: "Preguntas",
            part: "Parte",
            contents: "Contenido",
        },
    ),
    (
        "fr",
        Words {
            practice: "À toi",
            check: "Montre ce que tu sais",
            read: "À lire d’abord",
            questions: "Questions",
            part: "Partie",
            contents: "Table des matières",
        },
    ),
    (
        "ar",
        Words {
            practice: "دورك الآن",
            check: "أظهر ما تعرفه",
            read: "اقرأ هذا أولًا",
            questions: "أسئلة",
            part: "الجزء",
            contents: "المحتويات",
        },
    ),
];

/// The words of a language, in English where there are none.
pub(super) fn words(language: &str) -> &'static Words {
    let first = language.split('-').next().unwrap_or(language);
    OTHERS.iter().find(|(known, _)| *known == first).map_or(&ENGLISH, |(_, words)| words)
}
