package pyramid

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"time"

	"github.com/longtake/longtake/geo/read"
)

// Source is where tiles come from. Read fails with fs.ErrNotExist where there is no such
// tile; it is safe from several goroutines.
type Source interface {
	Has(Tile) bool // false where it is known that there is none
	Read(context.Context, Tile) ([]byte, error)
	Zooms() (low, high uint32)
	Close() error
}

// Open opens an archive (PMTiles, MBTiles), or an address: a template of files or of a
// service, see Address.
func Open(path string) (Source, error) {
	if IsAddress(path) {
		a, err := ParseAddress(path)
		if err != nil {
			return nil, err
		}
		return &addressed{a, &http.Client{Timeout: fetchTime}}, nil
	}
	a, err := read.OpenPictures(path)
	if err != nil {
		return nil, err
	}
	return archive{a}, nil
}

type archive struct{ *read.PictureArchive }

func (a archive) Read(_ context.Context, t Tile) ([]byte, error) { return a.PictureArchive.Read(t) }

const (
	fetchTime = 30 * time.Second
	fetchTry  = 3
	maxBytes  = 16 << 20 // of one tile
)

// addressed are tiles that each have an address of their own.
type addressed struct {
	Address
	client *http.Client
}

func (a *addressed) Has(Tile) bool             { return true }
func (a *addressed) Zooms() (low, high uint32) { return 0, MaxZoom }
func (a *addressed) Close() error              { return nil }

func (a *addressed) Read(ctx context.Context, t Tile) (data []byte, err error) {
	name := a.Of(t)
	if !a.Remote {
		return os.ReadFile(name)
	}
	for try := range fetchTry {
		if try > 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(time.Duration(try) * time.Second):
			}
		}
		var again bool
		if data, again, err = a.fetch(ctx, name); err == nil || !again {
			return data, err
		}
	}
	return nil, err
}

// fetch asks a service for a tile; again says that asking once more may help.
func (a *addressed) fetch(ctx context.Context, url string) (data []byte, again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, false, err
	}
	req.Header.Set("User-Agent", "longtake")
	res, err := a.client.Do(req)
	if err != nil {
		return nil, true, err
	}
	defer func() { _ = res.Body.Close() }()
	switch {
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusNoContent:
		return nil, false, fmt.Errorf("%s: %w", url, fs.ErrNotExist)
	case res.StatusCode != http.StatusOK:
		return nil, res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests, fmt.Errorf("%s: the service says %s", url, res.Status)
	}
	data, err = io.ReadAll(io.LimitReader(res.Body, maxBytes+1))
	if err == nil && len(data) > maxBytes {
		return nil, false, fmt.Errorf("%s: more than %d MiB for one tile", url, maxBytes>>20)
	}
	if err == nil && !isPicture(data) {
		return nil, false, fmt.Errorf("%s: %w: %.80q", url, errNoPicture, data)
	}
	return data, err != nil, err
}

var errNoPicture = errors.New("the service sent no picture")
