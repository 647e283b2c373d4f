//! `docs/configuration.md`: every command with its arguments, defaults and environment, from the program's own help.

use clap::{Arg, Command};

use super::markdown::cell;

const OPENING: &str = "\
# Configuration

There is no configuration file: what can be set is an argument of a command, and some of it a variable of the environment.
An argument goes before a variable. This page is written from the program by `assize schema write`.

Every command ends with an exit code: 0 done (rejected rows are in the report), 1 the machine, a file or the database stood
in the way, 2 the command, or a mapping or pack that it names, is wrong, 3 a rule refused, 130 interrupted.

`ASSIZE_LOG` chooses what is logged on standard error, for example `info` or `warn,infra=debug`; without it, warnings.
";

/// The page.
pub(super) fn page() -> String {
    let mut assize = crate::cli::command();
    assize.build();
    let mut page = OPENING.to_owned();
    page.push_str("\n## Every command\n");
    page.push_str(&table(
        assize.get_arguments().filter(|arg| arg.is_global_set()),
    ));
    for command in assize.get_subcommands() {
        page.push_str(&section(command, "assize"));
    }
    page
}

fn section(command: &Command, before: &str) -> String {
    let name = format!("{before} {}", command.get_name());
    let about = command.get_about().map(ToString::to_string);
    let mut text = format!("\n## {name}\n\n{}.\n", about.unwrap_or_default());
    let own: Vec<&Arg> = command
        .get_arguments()
        .filter(|arg| !arg.is_global_set() && arg.get_id() != "help")
        .collect();
    if !own.is_empty() {
        text.push_str(&table(own.into_iter()));
    }
    for task in command
        .get_subcommands()
        .filter(|task| task.get_name() != "help")
    {
        text.push_str(&section(task, &name));
    }
    text
}

fn table<'a>(arguments: impl Iterator<Item = &'a Arg>) -> String {
    let mut text = "\n| argument | default | variable | meaning |\n|---|---|---|---|\n".to_owned();
    for argument in arguments.filter(|arg| arg.get_id() != "help" && arg.get_id() != "version") {
        text.push_str(&row(argument));
    }
    text
}

fn row(argument: &Arg) -> String {
    let name = match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => argument.get_id().to_string().to_uppercase(),
    };
    let value = argument.get_action().takes_values() && argument.get_long().is_some();
    let name = match argument.get_value_names().and_then(|names| names.first()) {
        Some(placeholder) if value => format!("`{name} {placeholder}`"),
        _ => format!("`{name}`"),
    };
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| format!("`{}`", value.to_string_lossy()))
        .collect();
    let defaults = if value || argument.get_long().is_none() {
        defaults.join(" ")
    } else {
        String::new()
    };
    let variable = argument
        .get_env()
        .map(|name| format!("`{}`", name.to_string_lossy()));
    let says = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    format!(
        "| {name} | {defaults} | {} | {} |\n",
        variable.unwrap_or_default(),
        cell(&says)
    )
}
