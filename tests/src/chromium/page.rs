//! One page of the browser.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Chromium;
use crate::Failure;

/// A page, open in the browser.
pub struct Page<'b> {
    pub(super) browser: &'b mut Chromium,
    session: String,
}

/// A page on paper.
pub struct Paper {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many sheets it has.
    pub sheets: usize,
    /// Whether it says what is a heading, a list, a table.
    pub is_tagged: bool,
}

impl<'b> Page<'b> {
    pub(super) fn begin(browser: &'b mut Chromium, session: String) -> Result<Self, Failure> {
        let mut page = Self { browser, session };
        for domain in ["Page", "Runtime", "Log"] {
            page.call(&format!("{domain}.enable"), &json!({}))?;
        }
        // Where several pages are open, each behaves as if it were looked at.
        page.call(
            "Emulation.setFocusEmulationEnabled",
            &json!({"enabled": true}),
        )?;
        page.resize(1280)?;
        Ok(page)
    }

    pub(super) fn call(&mut self, method: &str, params: &Value) -> Result<Value, Failure> {
        self.browser.call(Some(&self.session), method, params)
    }

    /// Goes to an address and waits until it is loaded; what was said on the page before is forgotten.
    pub fn go(&mut self, address: &str) -> Result<(), Failure> {
        self.browser.events.clear();
        let gone = self.call("Page.navigate", &json!({"url": address}))?;
        if let Some(error) = gone["errorText"].as_str() {
            return Err(format!("{address}: {error}").into());
        }
        self.loaded()
    }

    /// Waits until the page is loaded that the last act leads to.
    pub(super) fn loaded(&mut self) -> Result<(), Failure> {
        self.browser.event("Page.loadEventFired")
    }

    /// Asks the page; a promise is waited for.
    pub fn ask<T: DeserializeOwned>(&mut self, expression: &str) -> Result<T, Failure> {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let answer = self.call("Runtime.evaluate", &asked)?;
        if !answer["exceptionDetails"].is_null() {
            return Err(format!("{}", answer["exceptionDetails"]).into());
        }
        Ok(serde_json::from_value(answer["result"]["value"].clone())?)
    }

    /// Where it is, without the host.
    pub fn address(&mut self) -> Result<String, Failure> {
        self.ask("location.pathname + location.search")
    }

    /// What it says, as it is read.
    pub fn text(&mut self) -> Result<String, Failure> {
        self.ask("document.body.innerText")
    }

    /// The status that it was answered with.
    pub fn status(&mut self) -> Result<u16, Failure> {
        self.ask("performance.getEntriesByType('navigation')[0].responseStatus")
    }

    /// Gives the page a width in pixels.
    pub fn resize(&mut self, width: u32) -> Result<(), Failure> {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", &size)?;
        Ok(())
    }

    /// Whether the pages' own scripts may run; [`Page::ask`] works either way.
    pub fn allow_script(&mut self, allowed: bool) -> Result<(), Failure> {
        let disabled = json!({"value": !allowed});
        self.call("Emulation.setScriptExecutionDisabled", &disabled)?;
        Ok(())
    }

    /// Carries a cookie from now on.
    pub fn carry(&mut self, address: &str, name: &str, value: &str) -> Result<(), Failure> {
        let cookie = json!({"url": address, "name": name, "value": value});
        self.call("Network.setCookie", &cookie)?;
        Ok(())
    }

    /// What the browser has complained of since the page began to load: errors, scripts that failed, a policy broken.
    pub fn complaints(&mut self) -> Vec<String> {
        let complaint = |event: &Value| match event["method"].as_str()? {
            "Log.entryAdded" => {
                let entry = &event["params"]["entry"];
                Some(format!("{}: {}", entry["source"], entry["text"]))
            }
            "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" => {
                Some(event["params"].to_string())
            }
            _ => None,
        };
        self.browser.events.iter().filter_map(complaint).collect()
    }

    /// The page on paper.
    pub fn print(&mut self) -> Result<Paper, Failure> {
        let how = json!({"preferCSSPageSize": true, "generateTaggedPDF": true});
        let printed = self.call("Page.printToPDF", &how)?;
        let bytes = BASE64_STANDARD.decode(printed["data"].as_str().ok_or("no paper")?)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(Paper {
            sheets: text.matches("/Type /Page\n").count(),
            is_tagged: text.contains("/StructTreeRoot"),
            bytes,
        })
    }

    /// The page as a picture, whole.
    pub fn picture(&mut self) -> Result<Vec<u8>, Failure> {
        let size = self.call("Page.getLayoutMetrics", &json!({}))?;
        let (width, height) = (
            &size["cssContentSize"]["width"],
            &size["cssContentSize"]["height"],
        );
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        let taken = json!({"captureBeyondViewport": true, "clip": clip});
        let picture = self.call("Page.captureScreenshot", &taken)?;
        Ok(BASE64_STANDARD.decode(picture["data"].as_str().ok_or("no picture")?)?)
    }
}
