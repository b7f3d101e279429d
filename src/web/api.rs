//! Routes together with their description.
//!
//! A debug build collects the description from the handlers, and a test holds `docs/openapi.json` equal to it, which is what
//! every box answers. Collecting it is a tenth of the whole program, so a release does without
//! (`docs/decisions/0013-description-of-the-api.md`).

#[cfg(debug_assertions)]
pub use utoipa_axum::router::OpenApiRouter;
#[cfg(debug_assertions)]
pub(crate) use utoipa_axum::routes;

#[cfg(not(debug_assertions))]
pub use silent::OpenApiRouter;

#[cfg(not(debug_assertions))]
pub(crate) use silent_routes as routes;

/// The paths and handlers of one or several operations on one path, without their description.
#[cfg(not(debug_assertions))]
macro_rules! silent_routes {
    ($($handler:ident),+ $(,)?) => {{
        use utoipa_axum::PathItemExt;
        let mut router = axum::routing::MethodRouter::new();
        let mut paths = Vec::new();
        $(
            for method in utoipa_axum::routes!(@path [methods()] of $handler) {
                router = router.on(method.to_method_filter(), $handler);
            }
            paths.push(utoipa_axum::routes!(@path [path()] of $handler));
        )+
        (paths.remove(0), router)
    }};
}
#[cfg(not(debug_assertions))]
pub(crate) use silent_routes;

#[cfg(not(debug_assertions))]
mod silent {
    use std::convert::Infallible;

    use axum::Router;
    use axum::extract::Request;
    use axum::response::IntoResponse;
    use axum::routing::{MethodRouter, Route};
    use tower::{Layer, Service};

    /// What [`utoipa_axum`]'s router of the same name does with routes, without a description.
    pub struct OpenApiRouter<S>(Router<S>);

    impl<S: Clone + Send + Sync + 'static> OpenApiRouter<S> {
        /// A router without routes.
        #[must_use]
        #[expect(clippy::new_without_default, reason = "stands for a router that is made in one place alike")]
        pub fn new() -> Self {
            Self(Router::new())
        }

        /// Adds the operations on one path.
        #[must_use]
        pub fn routes(self, (path, methods): (String, MethodRouter<S>)) -> Self {
            Self(self.0.route(&path, methods))
        }

        /// Adds the routes of another router.
        #[must_use]
        pub fn merge(self, other: Self) -> Self {
            Self(self.0.merge(other.0))
        }

        /// Puts a layer around the routes that are there.
        #[must_use]
        pub fn layer<L>(self, layer: L) -> Self
        where
            L: Layer<Route> + Clone + Send + Sync + 'static,
            L::Service: Service<Request> + Clone + Send + Sync + 'static,
            <L::Service as Service<Request>>::Response: IntoResponse + 'static,
            <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
            <L::Service as Service<Request>>::Future: Send + 'static,
        {
            Self(self.0.layer(layer))
        }
    }

    impl<S> From<OpenApiRouter<S>> for Router<S> {
        fn from(described: OpenApiRouter<S>) -> Self {
            described.0
        }
    }
}
