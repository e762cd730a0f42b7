package feed

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// MaxBytes bounds what an address answers, unpacked.
const MaxBytes = 64 << 20

// timeout bounds one request with its redirections.
const timeout = 30 * time.Second

// mostWait bounds how long an address may ask to be left alone.
const mostWait = time.Hour

var client = &http.Client{Timeout: timeout}

// IsAddress tells an address of the web from the name of a file.
func IsAddress(path string) bool {
	return strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://")
}

// Name is what a file with the content of an address is called: the last part of its path.
func Name(address string) string {
	name := "data"
	if u, err := url.Parse(address); err == nil {
		if base := path.Base(u.Path); base != "." && base != "/" {
			name = base
		}
	}
	return name
}

// Address is what is read again and again by HTTP. It is asked only for what is newer than
// what it has answered (RFC 9110, conditional requests). It is used from one goroutine at a
// time.
type Address struct {
	URL         string
	etag, since string
	sum         [sha256.Size]byte
	read        bool
	maxBytes    int64 // 0 = MaxBytes
}

// BusyError is of an address that asks to be left alone for a while.
type BusyError struct {
	Status string
	Wait   time.Duration
}

func (e *BusyError) Error() string { return "the service says " + e.Status }

// Read asks for what the address holds. Not changed, it answers nothing. Errors leave out what
// follows the ? of the address, which may be a key.
func (a *Address) Read(ctx context.Context) (body []byte, changed bool, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", Shown(a.URL), err)
		}
	}()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.URL, nil)
	if err != nil {
		return nil, false, errors.New("this is no http or https address")
	}
	req.Header.Set("User-Agent", "longtake")
	if a.read && a.etag != "" {
		req.Header.Set("If-None-Match", a.etag)
	}
	if a.read && a.since != "" {
		req.Header.Set("If-Modified-Since", a.since)
	}
	res, err := client.Do(req)
	if err != nil {
		var of *url.Error
		if errors.As(err, &of) {
			if of.Timeout() && ctx.Err() == nil {
				return nil, false, fmt.Errorf("no answer within %v", timeout)
			}
			err = of.Err
		}
		return nil, false, plain(err)
	}
	defer func() { _ = res.Body.Close() }()
	switch {
	case res.StatusCode == http.StatusNotModified && a.read:
		return nil, false, nil
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusServiceUnavailable:
		return nil, false, &BusyError{res.Status, wait(res.Header.Get("Retry-After"))}
	case res.StatusCode != http.StatusOK:
		return nil, false, fmt.Errorf("the service says %s", res.Status)
	}
	most := int64(MaxBytes)
	if a.maxBytes > 0 {
		most = a.maxBytes
	}
	body, err = io.ReadAll(io.LimitReader(res.Body, most+1))
	if err != nil {
		return nil, false, fmt.Errorf("the answer ends early: %w", plain(err))
	}
	if int64(len(body)) > most {
		return nil, false, fmt.Errorf("the answer is larger than %d MB", most>>20)
	}
	a.etag, a.since = res.Header.Get("ETag"), res.Header.Get("Last-Modified")
	sum := sha256.Sum256(body)
	changed = !a.read || sum != a.sum
	a.sum, a.read = sum, true
	return body, changed, nil
}

// plain is an error of the network without what is another each time, such as the port that was
// asked from: what fails alike is told once.
func plain(err error) error {
	var name *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Errorf("no host is called %s", name.Name)
	case errors.As(err, &name):
		return fmt.Errorf("nobody tells where %s is", name.Name)
	case errors.As(err, &op):
		return fmt.Errorf("%s: %w", op.Op, op.Err)
	}
	return err
}

// Forget has the next Read answer whatever the address holds.
func (a *Address) Forget() { a.read = false }

// wait reads the seconds of Retry-After; dates are taken as none.
func wait(header string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(header))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(n)*time.Second, mostWait)
}

// Shown is an address without what may be secret.
func Shown(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "address"
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}
