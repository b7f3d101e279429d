//! The tree keeps its rules.
