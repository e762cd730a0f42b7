package read

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// xmlTokenLimit bounds one tag or text of XML in memory.
const xmlTokenLimit = 16 << 20

// xmlSource reads OSM XML, the API's and JOSM's dialects. Elements that an editor has
// deleted, or a server calls invisible, are left out.
type xmlSource struct {
	name string
	open func() (io.ReadCloser, error)
}

// allowance fails a reader that gives more than left bytes.
type allowance struct {
	r    io.Reader
	left int
}

var errTokenTooLong = fmt.Errorf("a tag or text of more than %d bytes", xmlTokenLimit)

func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, errTokenTooLong
	}
	n, err := a.r.Read(p[:min(len(p), a.left)])
	a.left -= n
	return n, err
}

// xmlPass is the state of one scan.
type xmlPass struct {
	want  osmKinds
	fn    func(*osmBlock) error
	block osmBlock
	n     int
}

func (s *xmlSource) scan(ctx context.Context, want osmKinds, fn func(*osmBlock) error) error {
	file, err := s.open()
	if err != nil {
		return err
	}
	defer file.Close()
	in := &allowance{r: file}
	d := xml.NewDecoder(bufio.NewReaderSize(in, 1<<16))
	p := &xmlPass{want: want, fn: fn}
	root := false
	for {
		in.left = xmlTokenLimit
		t, err := d.Token()
		if err == io.EOF && root {
			return unyield(p.flush())
		}
		if err != nil {
			return s.wrong(d, err)
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if !root {
			if e.Name.Local != "osm" {
				return fmt.Errorf("%s: the root element is <%s>, not <osm>", s.name, e.Name.Local)
			}
			root = true
			continue
		}
		if err := p.element(d, in, e); err != nil {
			if own := unyield(err); own != err {
				return own
			}
			return s.wrong(d, err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// yieldError carries an error of the receiver past those of the decoder.
type yieldError struct{ err error }

func (e yieldError) Error() string { return e.err.Error() }

func unyield(err error) error {
	var y yieldError
	if errors.As(err, &y) {
		return y.err
	}
	return err
}

func (s *xmlSource) wrong(d *xml.Decoder, err error) error {
	line, _ := d.InputPos()
	var syntax *xml.SyntaxError
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax) && syntax.Msg == "unexpected EOF" {
		return fmt.Errorf("%s: the file stops in the middle of the XML, at line %d, byte %d: fetch it again", s.name, line, d.InputOffset())
	}
	return fmt.Errorf("%s: damaged OSM XML at line %d, byte %d: %w", s.name, line, d.InputOffset(), err)
}

// element reads one child of <osm> to its end.
func (p *xmlPass) element(d *xml.Decoder, in *allowance, e xml.StartElement) error {
	var kind osmKinds
	switch e.Name.Local {
	case "node":
		kind = osmNodes
	case "way":
		kind = osmWays
	case "relation":
		kind = osmRelations
	}
	a := attributes(e)
	wanted := kind&p.want != 0 && a["action"] != "delete" && a["visible"] != "false"
	id, err := strconv.ParseInt(a["id"], 10, 64)
	if wanted && err != nil {
		return fmt.Errorf("<%s> with the id %q", e.Name.Local, a["id"])
	}
	var tags map[string]string
	var refs []int64
	var members []osmMember
	for depth := 1; depth > 0; {
		in.left = xmlTokenLimit
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			depth++
			if !wanted || depth != 2 {
				continue
			}
			c := attributes(t)
			ref, refErr := strconv.ParseInt(c["ref"], 10, 64)
			switch t.Name.Local {
			case "tag":
				if tags == nil {
					tags = map[string]string{}
				}
				tags[c["k"]] = c["v"]
			case "nd":
				if refErr != nil {
					return fmt.Errorf("way %d refers to the node %q", id, c["ref"])
				}
				refs = append(refs, ref)
			case "member":
				if refErr != nil {
					return fmt.Errorf("relation %d has the member %q", id, c["ref"])
				}
				m := osmMember{ref: ref, role: c["role"]}
				if m.kind = '?'; c["type"] != "" {
					m.kind = c["type"][0]
				}
				members = append(members, m)
			}
		}
	}
	if !wanted {
		return nil
	}
	switch kind {
	case osmNodes:
		lng, errLng := strconv.ParseFloat(a["lon"], 64)
		lat, errLat := strconv.ParseFloat(a["lat"], 64)
		x, y, ok := fixed(lng*1e7, lat*1e7)
		if errLng != nil || errLat != nil || !ok {
			p.block.badNodes = append(p.block.badNodes, id)
		} else {
			p.block.nodes = append(p.block.nodes, osmNode{id, x, y, tags})
		}
	case osmWays:
		p.block.ways = append(p.block.ways, osmWay{id, refs, tags})
	case osmRelations:
		p.block.relations = append(p.block.relations, osmRelation{id, members, tags})
	}
	if p.n++; p.n == 8000 {
		return p.flush()
	}
	return nil
}

func attributes(e xml.StartElement) map[string]string {
	m := make(map[string]string, len(e.Attr))
	for _, a := range e.Attr {
		m[a.Name.Local] = strings.ToValidUTF8(a.Value, "�")
	}
	return m
}

func (p *xmlPass) flush() error {
	b := p.block
	p.block, p.n = osmBlock{}, 0
	if err := p.fn(&b); err != nil {
		return yieldError{err}
	}
	return nil
}
