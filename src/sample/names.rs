//! Who is at the sample school. The names are made up, from many places.

pub(super) const SCHOOL: &str = "Sample School";
pub(super) const HEAD: &str = "Ms Banda";

/// The class that a visitor enters as a student of, and sees first as a teacher.
pub(super) const FIRST_CLASS: &str = "Class 4";

pub(super) const CLASSES: [(&str, &[&str]); 3] = [
    (
        "Class 3",
        &[
            "Abel", "Chandra", "Dalia", "Emeka", "Fatou", "Hana", "Imran", "Jala", "Kofi", "Lin", "Mosi",
            "Noor", "Olga",
        ],
    ),
    (
        FIRST_CLASS,
        &[
            "Amina", "Bilal", "Carlos", "Deepa", "Elsa", "Farid", "Grace", "Hassan", "Ines", "Joseph",
            "Kavya", "Luis", "Mariam", "Nia",
        ],
    ),
    (
        "Class 5",
        &[
            "Ousmane", "Priya", "Quinn", "Rosa", "Sami", "Thandi", "Umar", "Valeria", "Wanjiru", "Ximena",
            "Yusuf", "Zainab", "Aung",
        ],
    ),
];
