//! Answers requests from a snapshot, each with one write.

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tiny_http::{Method, Request, Server};

use crate::serve::{Newest, Snapshot};

/// Where the browser asks whether there is something newer.
const VERSION: &str = "__mingbai/version";

/// Where the browser gets the script that asks.
const SCRIPT: &str = "__mingbai/reload.js";

/// Asks again and again, and reloads when the answer grows.
const RELOAD: &str = "(function () {
  var seen = null;
  function ask() {
    fetch('/__mingbai/version?' + (seen === null ? '' : seen)).then(function (r) { return r.text(); }).then(function (v) {
      if (seen !== null && v !== seen) { location.reload(); return; }
      seen = v;
      ask();
    }).catch(function () { setTimeout(ask, 1000); });
  }
  ask();
})();
";

/// How long a question for something newer may stay open.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer.
struct Answer {
    status: u16,
    content_type: &'static str,
    body: Vec<u8>,
}

/// Answers requests for as long as the server listens.
pub(super) fn answer(server: &Server, newest: &Newest, address: SocketAddr) {
    for request in server.incoming_requests() {
        let newest = newest.clone();
        if !is_ours(&request, address) {
            send(request, &plain(403, "this server answers to its own address only"));
            continue;
        }
        if asks_version(&request) {
            // Waiting must not hold up anyone else.
            std::thread::spawn(move || wait(request, &newest));
            continue;
        }
        let answer = respond(&request, &newest.snapshot());
        send(request, &answer);
    }
}

/// Returns whether a request asks for something newer.
fn asks_version(request: &Request) -> bool {
    request.url().trim_start_matches('/').starts_with(VERSION)
}

/// Returns whether a request was meant for this server: a page elsewhere must not read it under
/// a name of its own.
fn is_ours(request: &Request, address: SocketAddr) -> bool {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    let port = address.port();
    host.is_some_and(|host| {
        let host = host.value.as_str();
        host == format!("127.0.0.1:{port}") || host == format!("localhost:{port}")
    })
}

/// Waits until there is something newer than the asker has seen, then says what.
fn wait(request: Request, newest: &Newest) {
    let seen = request.url().split_once('?').and_then(|(_, seen)| seen.parse::<u64>().ok());
    let started = Instant::now();
    let mut version = newest.snapshot().version;
    while seen == Some(version) && started.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(200));
        version = newest.snapshot().version;
    }
    send(request, &plain(200, &version.to_string()));
}

/// Returns the answer to a request.
fn respond(request: &Request, snapshot: &Snapshot) -> Answer {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return plain(405, "only GET and HEAD");
    }
    let Some(path) = path_of(request.url()) else {
        return plain(400, "no such address");
    };
    if path == SCRIPT {
        return Answer {
            status: 200,
            content_type: "text/javascript; charset=utf-8",
            body: RELOAD.into(),
        };
    }
    if let Some(problem) = &snapshot.problem {
        return page(500, problem.as_bytes());
    }
    match snapshot.files.get(&path) {
        Some(body) if path.ends_with(".html") => page(200, body),
        Some(body) => Answer { status: 200, content_type: content_type(&path), body: body.clone() },
        None => page(404, snapshot.files.get("404.html").map_or(b"", Vec::as_slice)),
    }
}

/// Returns the file a request asks for: decoded once, and never outside the site.
fn path_of(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let decoded = decode(path)?;
    let bad = |part: &str| part == ".." || part == "." || part.contains(['\\', '\0']);
    if decoded.split('/').any(bad) {
        return None;
    }
    let folder = decoded.is_empty() || decoded.ends_with('/');
    Some(if folder { format!("{decoded}index.html") } else { decoded })
}

/// Decodes `%41`.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Returns a page with the script that reloads it.
fn page(status: u16, html: &[u8]) -> Answer {
    let mut body = html.to_vec();
    body.extend_from_slice(b"<script src=\"/__mingbai/reload.js\"></script>\n");
    Answer { status, content_type: "text/html; charset=utf-8", body }
}

/// Returns a line of text.
fn plain(status: u16, text: &str) -> Answer {
    Answer { status, content_type: "text/plain; charset=utf-8", body: text.into() }
}

/// Returns the type of a file.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Sends an answer in one write: two of them would wait for one another on a kept connection.
fn send(request: Request, answer: &Answer) {
    let reason = match answer.status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Error",
    };
    let mut bytes = format!(
        "HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\n\r\n",
        answer.status,
        answer.content_type,
        answer.body.len()
    )
    .into_bytes();
    if *request.method() != Method::Head {
        bytes.extend_from_slice(&answer.body);
    }
    let mut writer = request.into_writer();
    let _browser_may_be_gone = writer.write_all(&bytes).and_then(|()| writer.flush());
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn no_address_leads_out_of_the_site() {
        for url in ["/../x", "/%2e%2e/x", "/a/..%2fx", "/a\\b", "/a%00", "x", "/%zz", "/./x"] {
            assert_eq!(path_of(url), None, "{url}");
        }
        assert_eq!(path_of("/").as_deref(), Some("index.html"));
        assert_eq!(path_of("/a/?q#f").as_deref(), Some("a/index.html"));
        assert_eq!(path_of("/%E8%B7%AF.html").as_deref(), Some("路.html"));
    }
}
