package feed

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAddress(t *testing.T) {
	var answer http.HandlerFunc
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) }))
	defer s.Close()
	a := &Address{URL: s.URL + "/rows.json?key=secret", maxBytes: 10}
	read := func(want string, changed bool) {
		t.Helper()
		body, is, err := a.Read(t.Context())
		if err != nil || string(body) != want || is != changed {
			t.Errorf("%q changed %v, %v; want %q changed %v", body, is, err, want, changed)
		}
	}
	says := func(body string, header ...string) {
		answer = func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			if v := r.Header.Get("If-None-Match"); v != "" && v == w.Header().Get("ETag") {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			if v := r.Header.Get("If-Modified-Since"); v != "" && v == w.Header().Get("Last-Modified") {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			_, _ = w.Write([]byte(body))
		}
	}
	says("one", "ETag", `"1"`)
	read("one", true)
	read("", false)
	says("two", "Last-Modified", "Sun, 21 Jun 2026 12:00:00 GMT")
	read("two", true)
	read("", false)
	says("two")
	read("two", false) // the same, though nothing says so
	a.Forget()
	read("two", true)
	for _, c := range []struct {
		answer http.HandlerFunc
		want   string
	}{
		{func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("more than ten")) }, "larger than"},
		{func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, "the service says 404"},
		{func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9")
			_, _ = w.Write([]byte("half"))
		}, "ends early"},
		{func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "ftp://nowhere")
			w.WriteHeader(http.StatusFound)
		}, "unsupported protocol"},
	} {
		answer = c.answer
		if _, _, err := a.Read(t.Context()); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "/rows.json: ") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	var busy *BusyError
	if _, _, err := a.Read(t.Context()); !errors.As(err, &busy) || busy.Wait != 2*time.Minute {
		t.Errorf("%v", err)
	}
	s.Close()
	if _, _, err := a.Read(t.Context()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("nobody answers: %v", err)
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.csv")
	old := time.Now().Add(-time.Hour)
	write := func(text string, at time.Time) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	f := &File{Path: path}
	if _, err := f.Changed(time.Now()); !os.IsNotExist(err) {
		t.Errorf("a file that is not there: %v", err)
	}
	for _, c := range []struct {
		text    string
		at      time.Time
		changed bool
	}{
		{"one", old, true},
		{"one", old, false},
		{"one", old.Add(time.Second), false},    // written again as it was
		{"two", old.Add(2 * time.Second), true}, // as long as before
		{"six", time.Now(), true},
	} {
		write(c.text, c.at)
		if is, err := f.Changed(time.Now()); err != nil || is != c.changed {
			t.Errorf("%s: changed %v, %v", c.text, is, err)
		}
	}
	now := time.Now()
	write("ten", now)
	if is, _ := f.Changed(now); !is {
		t.Error("a change within a tick of the file system's clock is not seen")
	}
}

func TestName(t *testing.T) {
	for address, want := range map[string]string{"https://a.b/c/d.json?x=/y": "d.json", "https://a.b/": "data", "https://a.b": "data", "http://a.b/c/": "c"} {
		if got := Name(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// A failure of the network reads alike each time, whatever port it was asked from.
func TestFailuresReadAlike(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = c.(*net.TCPConn).SetLinger(0) // reset
		_ = c.Close()
	}))
	defer s.Close()
	told := map[string]bool{}
	for range 3 {
		a := &Address{URL: s.URL + "/rows.json"}
		_, _, err := a.Read(t.Context())
		if err == nil {
			t.Fatal("a connection that is reset is read")
		}
		told[err.Error()] = true
	}
	if len(told) != 1 {
		t.Errorf("told %v", told)
	}
	dns := func(id string) string {
		return plain(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "read udp 10.0.0.5:" + id + "->1.1.1.1:53: i/o timeout", Name: "x.example", IsTimeout: true}}).Error()
	}
	if dns("4001") != dns("4002") || !strings.Contains(dns("1"), "x.example") {
		t.Error(dns("4001"))
	}
}
