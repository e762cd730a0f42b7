package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// source is a vector source: cleaned features in their order, out of memory, and their
// heads.
type source struct {
	id       string
	number   uint16
	name     digest // of what is kept of it
	version  digest // of its files and of how they are read
	features *spool.File
	heads    *spool.File
	count    int
}

// head reads what is known of the feature with a number.
func (s *source) head(seq int, h *head) error {
	b, err := s.heads.Slice(int64(seq)*headSize, headSize)
	if err != nil {
		return s.damaged(err)
	}
	h.read(b)
	return nil
}

// feature reads a feature.
func (s *source) feature(h *head) (geo.Feature, error) {
	b, err := s.features.Slice(h.offset, int(h.size))
	if err != nil {
		return geo.Feature{}, s.damaged(err)
	}
	f, err := spool.ReadFeature(b)
	if err != nil {
		return f, s.damaged(err)
	}
	return f, nil
}

// label packs a feature's name with the values that a layer keeps of it: without reading where
// it lies, as a renamed street asks for the names of all that lies around it.
func (s *source) label(h *head, c *columns) (string, error) {
	b, err := s.features.Slice(h.offset, int(h.size))
	if err != nil {
		return "", s.damaged(err)
	}
	if c == nil {
		name, err := spool.Tag(b, "name")
		if err != nil {
			return "", s.damaged(err)
		}
		return name, nil
	}
	f, err := spool.ReadTags(b)
	if err != nil {
		return "", s.damaged(err)
	}
	return c.label(&f), nil
}

// sources names the source in a tile, with the version of what the tile depends on.
func (s *source) sources(version digest) []geo.Source {
	return []geo.Source{{Name: s.id, Version: version.String()}}
}

func (s *source) damaged(err error) error {
	return fmt.Errorf("generate: what was kept of source %s is damaged, longtake cache clear removes it: %w", s.id, err)
}

// each calls f with all heads in order; a head is f's only until it returns.
func (s *source) each(ctx context.Context, f func(seq int, h *head) error) error {
	r := s.heads.Reader()
	var buf [headSize]byte
	var h head
	for seq := range s.count {
		if seq%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := io.ReadFull(r, buf[:]); err != nil {
			return s.damaged(err)
		}
		h.read(buf[:])
		if err := f(seq, &h); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) close() {
	_ = s.features.Close()
	_ = s.heads.Close()
}

// aboutSource tells what is kept of a source, and the sums of its files.
type aboutSource struct {
	Count           int
	Report          geo.Summary
	Features, Heads digest
}

// keptSource is what is kept of a source; ok is false where that is nothing, or damaged.
func (g *generation) keptSource(s *source) (about aboutSource, ok bool) {
	data, ok := g.store.get(s.name)
	if !ok || json.Unmarshal(data, &about) != nil {
		return about, false
	}
	base := g.store.path(s.name)
	features, err := fileSum(base + ".features")
	if err != nil || features != about.Features {
		return about, false
	}
	heads, err := fileSum(base + ".heads")
	return about, err == nil && heads == about.Heads
}
