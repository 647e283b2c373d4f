//! The canonical form written at once, without a value tree between.
//!
//! Most objects come with their keys in declaration order, so an object's fields are written as they come and put into
//! order when it ends. What this gives is what the tree would give: a test writes both ways.

use serde::ser::{self, Serialize};

use super::{LARGEST, by_code_units, write_string};
use crate::error::Unacceptable;

/// Writes values as they come.
pub(super) struct Writer<'o> {
    out: &'o mut String,
}

/// What stands in the way of writing.
#[derive(Debug)]
pub(super) struct Fault(pub(super) Unacceptable);

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(Unacceptable::NotJson {
            reason: message.to_string(),
        })
    }
}

impl Fault {
    /// The same fault, one step further from it: `step` leads to where it lies.
    fn under(self, step: &str) -> Self {
        let longer = |path: String| format!("/{step}{path}");
        Self(match self.0 {
            Unacceptable::Fraction { path } => Unacceptable::Fraction { path: longer(path) },
            Unacceptable::LargeInteger { path } => {
                Unacceptable::LargeInteger { path: longer(path) }
            }
            other => other,
        })
    }
}

type Written = Result<(), Fault>;

impl<'o> Writer<'o> {
    pub(super) fn new(out: &'o mut String) -> Self {
        Self { out }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T, step: &str) -> Written {
        let inner = Writer { out: self.out };
        value.serialize(inner).map_err(|fault| fault.under(step))
    }

    fn integer(self, magnitude: u64, negative: bool) -> Written {
        if magnitude > LARGEST {
            let path = String::new();
            return Err(Fault(Unacceptable::LargeInteger { path }));
        }
        if negative && magnitude > 0 {
            self.out.push('-');
        }
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        let mut left = magnitude;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
            left /= 10;
            at -= 1;
            if left == 0 {
                break;
            }
        }
        let digits = digits.get(at..).unwrap_or_default();
        self.out
            .push_str(str::from_utf8(digits).unwrap_or_default());
        Ok(())
    }

    fn fields(self, closes: &'static str) -> Fields<'o> {
        self.out.push('{');
        Fields {
            begins: self.out.len(),
            out: self.out,
            written: Vec::with_capacity(12),
            sorted: true,
            key: String::new(),
            closes,
        }
    }

    fn items(self, closes: &'static str) -> Items<'o> {
        self.out.push('[');
        Items {
            out: self.out,
            count: 0,
            closes,
        }
    }

    /// `{"variant":`, as enums are written.
    fn variant(&mut self, variant: &str) {
        self.out.push('{');
        write_string(self.out, variant);
        self.out.push(':');
    }
}

/// An object while it is written.
pub(super) struct Fields<'o> {
    out: &'o mut String,
    begins: usize,
    written: Vec<Field>,
    sorted: bool,
    key: String,
    closes: &'static str,
}

struct Field {
    key: String,
    begins: usize,
    ends: usize,
}

impl Fields<'_> {
    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Written {
        if let Some(last) = self.written.last() {
            self.sorted &= by_code_units(&last.key, key).is_lt();
            self.out.push(',');
        }
        let begins = self.out.len();
        write_string(self.out, key);
        self.out.push(':');
        Writer { out: self.out }.value(value, key)?;
        self.written.push(Field {
            key: key.to_owned(),
            begins,
            ends: self.out.len(),
        });
        Ok(())
    }

    fn close(mut self) -> Written {
        if !self.sorted {
            self.written.sort_by(|a, b| by_code_units(&a.key, &b.key));
            let twice = |pair: &[Field]| matches!(pair, [a, b] if a.key == b.key);
            if self.written.windows(2).any(twice) {
                return Err(ser::Error::custom("a key stands in an object twice"));
            }
            let mut ordered = String::with_capacity(self.out.len() - self.begins);
            for field in &self.written {
                if !ordered.is_empty() {
                    ordered.push(',');
                }
                ordered.push_str(self.out.get(field.begins..field.ends).unwrap_or_default());
            }
            self.out.truncate(self.begins);
            self.out.push_str(&ordered);
        }
        self.out.push_str(self.closes);
        Ok(())
    }
}

/// An array while it is written.
pub(super) struct Items<'o> {
    out: &'o mut String,
    count: usize,
    closes: &'static str,
}

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        if self.count > 0 {
            self.out.push(',');
        }
        let inner = Writer { out: self.out };
        let written = value.serialize(inner);
        let written = written.map_err(|fault| fault.under(&self.count.to_string()));
        self.count += 1;
        written
    }

    fn close(self) {
        self.out.push_str(self.closes);
    }
}

macro_rules! integers {
    ($($name:ident: $from:ty),*) => {$(
        fn $name(self, value: $from) -> Written {
            let negative = i128::from(value) < 0;
            let magnitude = i128::from(value).unsigned_abs();
            self.integer(u64::try_from(magnitude).unwrap_or(u64::MAX), negative)
        }
    )*};
}

impl<'o> ser::Serializer for Writer<'o> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Items<'o>;
    type SerializeTuple = Items<'o>;
    type SerializeTupleStruct = Items<'o>;
    type SerializeTupleVariant = Items<'o>;
    type SerializeMap = Fields<'o>;
    type SerializeStruct = Fields<'o>;
    type SerializeStructVariant = Fields<'o>;

    integers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, value: bool) -> Written {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.serialize_f64(value.into())
    }

    /// What is no number stands as null, as the tree has it.
    fn serialize_f64(self, value: f64) -> Written {
        if !value.is_finite() {
            return self.serialize_unit();
        }
        let path = String::new();
        Err(Fault(Unacceptable::Fraction { path }))
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        write_string(self.out, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        let mut items = self.items("]");
        value.iter().try_for_each(|byte| items.item(byte))?;
        items.close();
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _at: u32,
        variant: &'static str,
    ) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _name: &'static str,
        _at: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.variant(variant);
        self.value(value, variant)?;
        self.out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Items<'o>, Fault> {
        Ok(self.items("]"))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Items<'o>, Fault> {
        Ok(self.items("]"))
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Items<'o>, Fault> {
        Ok(self.items("]"))
    }

    fn serialize_tuple_variant(
        mut self,
        _name: &'static str,
        _at: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Items<'o>, Fault> {
        self.variant(variant);
        Ok(self.items("]}"))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Fields<'o>, Fault> {
        Ok(self.fields("}"))
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Fields<'o>, Fault> {
        Ok(self.fields("}"))
    }

    fn serialize_struct_variant(
        mut self,
        _name: &'static str,
        _at: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Fields<'o>, Fault> {
        self.variant(variant);
        Ok(self.fields("}}"))
    }
}

macro_rules! items {
    ($($name:ident: $method:ident),*) => {$(
        impl ser::$name for Items<'_> {
            type Ok = ();
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.item(value)
            }

            fn end(self) -> Written {
                self.close();
                Ok(())
            }
        }
    )*};
}

items!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

macro_rules! fields {
    ($($name:ident),*) => {$(
        impl ser::$name for Fields<'_> {
            type Ok = ();
            type Error = Fault;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Written {
                self.field(key, value)
            }

            fn end(self) -> Written {
                self.close()
            }
        }
    )*};
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        // A map's key as JSON has it: a text. Numbers and booleans become texts as they do in the tree.
        let key = serde_json::to_value(key).map_err(ser::Error::custom)?;
        self.key = match key {
            serde_json::Value::String(text) => text,
            serde_json::Value::Number(number) => number.to_string(),
            serde_json::Value::Bool(so) => so.to_string(),
            _ => return Err(ser::Error::custom("key must be a string")),
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        let key = std::mem::take(&mut self.key);
        self.field(&key, value)
    }

    fn end(self) -> Written {
        self.close()
    }
}
