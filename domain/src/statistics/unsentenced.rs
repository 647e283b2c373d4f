//! The share of people held who have not been sentenced (Sustainable Development Goals, indicator 16.3.2).

use super::rate::Share;

/// People held on a day, by whether they have been sentenced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Those who have been sentenced, though an appeal may wait.
    pub sentenced: u64,
    /// Those who have not.
    pub unsentenced: u64,
}

impl Held {
    /// The share who have not been sentenced; not computable where nobody is held.
    pub fn share_unsentenced(self) -> Option<Share> {
        let all = self.sentenced.checked_add(self.unsentenced)?;
        Share::new(self.unsentenced, all).ok().filter(|_| all > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ST-2
    #[test]
    fn the_share_held_unsentenced_is_computed_as_defined_or_not_at_all() {
        let held = |sentenced, unsentenced| Held {
            sentenced,
            unsentenced,
        };
        assert_eq!(held(3, 1).share_unsentenced(), Share::new(1, 4).ok());
        assert_eq!(held(5, 0).share_unsentenced(), Share::new(0, 5).ok());
        assert_eq!(held(0, 0).share_unsentenced(), None);
        assert_eq!(held(u64::MAX, 1).share_unsentenced(), None);
    }
}
