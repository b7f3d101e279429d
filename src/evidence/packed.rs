//! An answer without the seed that follows from who answered what where: nobody need carry 53 random bits that anybody can work out.

use super::body::Answer;
use super::rules::{ATTEMPTS, seed_for};

/// The body of an answer with the number of the attempt in the place of its seed; nothing where the seed is not one that a box gives,
/// or the body is of a shape that this version does not know.
pub fn without_seed(body: &[u8]) -> Option<Vec<u8>> {
    let answer = read_exactly(body)?;
    let is_it = |attempt: &u8| answer.seed == seed_for(answer.student, &answer.spot, answer.place, *attempt);
    let attempt = (0..ATTEMPTS).find(is_it)?;
    written(&Answer { seed: u64::from(attempt), ..answer })
}

/// The reverse of [`without_seed`].
pub fn with_seed(body: &[u8]) -> Option<Vec<u8>> {
    let answer = read_exactly(body)?;
    let attempt = u8::try_from(answer.seed).ok()?;
    let seed = seed_for(answer.student, &answer.spot, answer.place, attempt);
    written(&Answer { seed, ..answer })
}

/// What a newer version wrote would come back shorter; that is left alone.
fn read_exactly(body: &[u8]) -> Option<Answer> {
    let answer: Answer = minicbor::decode(body).ok()?;
    (written(&answer)? == body).then_some(answer)
}

fn written(answer: &Answer) -> Option<Vec<u8>> {
    minicbor::to_vec(answer).ok()
}
