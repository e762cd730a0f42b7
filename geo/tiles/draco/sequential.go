package draco

import "fmt"

// sequentialMesh reads faces as they are listed, points in their order.
func (d *decoder) sequentialMesh() error {
	faces, err := d.size("faces", d.varint(), d.limits.Faces)
	if err != nil {
		return err
	}
	if d.mesh.Points, err = d.size("points", d.varint(), d.limits.Points); err != nil {
		return err
	}
	method := d.u8()
	d.mesh.Indices = make([]uint32, 3*faces)
	if method == 0 {
		if err := d.symbols(d.mesh.Indices, 1); err != nil {
			return fmt.Errorf("faces: %w", err)
		}
		var last uint32
		for i, v := range d.mesh.Indices {
			if v&1 != 0 { // a sign, not two's complement
				last -= v >> 1
			} else {
				last += v >> 1
			}
			d.mesh.Indices[i] = last
		}
	} else {
		for i := range d.mesh.Indices {
			if d.err != nil {
				break
			}
			switch {
			case d.mesh.Points < 1<<8:
				d.mesh.Indices[i] = uint32(d.u8())
			case d.mesh.Points < 1<<16:
				d.mesh.Indices[i] = uint32(d.u16())
			case d.mesh.Points < 1<<21:
				d.mesh.Indices[i] = d.varint()
			default:
				d.mesh.Indices[i] = d.u32()
			}
		}
	}
	for i, v := range d.mesh.Indices {
		if int64(v) >= int64(d.mesh.Points) {
			return fmt.Errorf("face %d: point %d of %d", i/3, v, d.mesh.Points)
		}
	}
	return d.listedAttributes()
}

// listedAttributes reads attributes whose values stand in the order of the points.
func (d *decoder) listedAttributes() error {
	if d.err != nil {
		return d.err
	}
	groups := make([]group, d.u8())
	for i := range groups {
		groups[i].entries = d.mesh.Points
	}
	return d.attributes(groups)
}
