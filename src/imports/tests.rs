//! Every kind of file becomes a pack that can be built and checked, with its bytes as they were; everything else is
//! refused with a sentence.

mod fixtures;
mod hostile;
mod kinds;
mod mixed;
