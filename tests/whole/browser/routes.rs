//! The addresses of the pages, as the maps of routes name them.

use tests::{Failure, rust_sources};

/// The routes of the pages, the most exact first.
pub(super) struct Routes(Vec<String>);

impl Routes {
    /// Reads them where they are written, so that no second list can fall behind; those of kinds are made from one shape.
    pub(super) fn read() -> Result<Self, Failure> {
        let mut routes = api::pages::addresses_of_kinds();
        for (path, text) in rust_sources()? {
            if path.starts_with("api/src/pages/") {
                let named = text.split(".route(").skip(1).filter_map(|rest| {
                    let rest = rest.trim_start().strip_prefix('"')?;
                    rest.split('"').next().map(str::to_owned)
                });
                routes.extend(named);
            }
        }
        routes.sort_by_key(|route| route.matches('{').count());
        Ok(Self(routes))
    }

    /// The route that takes a path.
    pub(super) fn of(&self, path: &str) -> Option<&str> {
        let fits = |route: &&String| {
            let parts = route.split('/').zip(path.split('/'));
            route.split('/').count() == path.split('/').count()
                && parts
                    .into_iter()
                    .all(|(wanted, part)| wanted == part || wanted.starts_with('{'))
        };
        self.0.iter().find(fits).map(String::as_str)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }
}
