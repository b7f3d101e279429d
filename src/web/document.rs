//! What the OpenAPI document says of every operation alike, so that no handler has to say it.

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Required, Response};

use super::foreign::OURS;

/// Fills in, for every operation, the ways in which it may be refused, the header that changes need, and a sentence for
/// each answer that has none: OpenAPI 3.1 asks for one.
pub fn complete(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        for operation in
            [&mut item.post, &mut item.patch, &mut item.delete, &mut item.put].into_iter().flatten()
        {
            operation.parameters.get_or_insert_default().push(own_header());
        }
        let all = [&mut item.get, &mut item.post, &mut item.patch, &mut item.delete, &mut item.put]
            .into_iter()
            .flatten();
        all.for_each(complete_answers);
    }
}

fn own_header() -> RefOr<Parameter> {
    let one = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["1"]));
    let header = ParameterBuilder::new()
        .name(OURS)
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some("No foreign page can send it; without it the answer is `request.foreign`"))
        .schema(Some(one))
        .build();
    RefOr::T(header)
}

fn complete_answers(operation: &mut Operation) {
    let answers = &mut operation.responses.responses;
    for status in ["4XX", "5XX"] {
        answers.entry(status.to_owned()).or_insert_with(|| RefOr::T(Response::default()));
    }
    for (status, answer) in answers {
        let RefOr::T(answer) = answer else { continue };
        let sentence = match status.as_bytes() {
            b"204" => "Done; there is nothing to tell",
            [b'2', ..] => "As asked for",
            [b'4', ..] => "Refused; `code` says why",
            _ => "The box can't at the moment, or has a fault; `code` says which",
        };
        if answer.description.is_empty() {
            sentence.clone_into(&mut answer.description);
        }
        if !status.starts_with('2') {
            let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            answer.content = [("application/problem+json".to_owned(), RefOr::T(problem))].into();
        }
    }
}
