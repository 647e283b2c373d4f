//! A table of aligned columns: the first to the left, numbers to the right.

/// A table as text.
pub(super) struct Sheet {
    rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn new(first: impl Into<String>) -> Self {
        Self {
            rows: vec![vec![first.into()]],
        }
    }

    pub(super) fn columns(&mut self, names: impl IntoIterator<Item = impl Into<String>>) {
        if let Some(head) = self.rows.first_mut() {
            head.extend(names.into_iter().map(Into::into));
        }
    }

    pub(super) fn row(&mut self, name: String, cells: Vec<String>) {
        let mut row = vec![name];
        row.extend(cells);
        self.rows.push(row);
    }

    pub(super) fn write(&self, out: &mut String) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (at, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).enumerate();
            let padded: Vec<String> = cells
                .map(|(column, (cell, width))| match column {
                    0 => format!("{cell:<width$}"),
                    _ => format!("{cell:>width$}"),
                })
                .collect();
            out.push_str(padded.join("  ").trim_end());
            out.push('\n');
            if at == 0 {
                let rule: usize = widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
                out.push_str(&"-".repeat(rule));
                out.push('\n');
            }
        }
        out.push('\n');
    }
}
