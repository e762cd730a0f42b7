package pipeline

import (
	"fmt"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// strokeCompile compiles the programs of polylines and points, for colours and for ids.
func (r *Renderer) strokeCompile() error {
	for ids := range 2 {
		for look := range 2 {
			if _, err := r.lineProgram(0, look, ids); err != nil {
				return err
			}
		}
		if _, err := r.dotProgram(dotShape, ids); err != nil {
			return err
		}
	}
	return nil
}

// What strokes are drawn for.
const (
	strokeColors = iota
	strokeIDs
	strokeBeyond // colours of what lies behind glass
	strokeKinds
)

var strokeDefines = [strokeKinds][]string{strokeColors: nil, strokeIDs: {"ID 1"}, strokeBeyond: {"BEYOND 1"}}

// lineProgram is compiled the first time it is asked for.
func (r *Renderer) lineProgram(curve, look, kind int) (*gpu.Program, error) {
	at := &r.linePrograms[curve][look][kind]
	if *at != nil {
		return *at, nil
	}
	decorated := fmt.Sprintf("LOOK %d", look)
	p, err := r.program("lines", gpu.Stage{File: "lines.vert", Defines: []string{fmt.Sprintf("CURVE %d", curve), decorated}},
		gpu.Stage{File: "lines.frag", Defines: append([]string{decorated}, strokeDefines[kind]...)})
	*at = p
	return p, err
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// drawStrokes draws lines and points in the frame's order. Opaque ones are blended too,
// for their smooth edges. ids writes feature ids instead of colours, of the records that only
// holds. Beyond a view depth above 0 it is those behind the glass that begins there.
func (r *Renderer) drawStrokes(overlay, ids bool, only []bool, beyond float64) error {
	kind := strokeColors
	switch {
	case ids:
		kind = strokeIDs
	case beyond > 0:
		kind = strokeBeyond
	}
	for i := range r.submit.strokes {
		st := &r.submit.strokes[i]
		if st.overlay != overlay || !holds(only, st.record) || st.reach < beyond {
			continue
		}
		state := gpu.State{Depth: gpu.DepthRead, Blend: r.blendMode(st.blend, st.data())}
		if st.blend == drawable.Opaque || st.blend == drawable.Tint {
			state.Blend = r.blendMode(drawable.Alpha, st.data())
		}
		if overlay {
			state.Depth = gpu.DepthOff
		}
		if ids {
			state.Blend = gpu.BlendOff
		}
		state.Apply()
		if st.lines != nil {
			if err := r.drawLines(st, kind, beyond); err != nil {
				return err
			}
			continue
		}
		p, err := r.dotProgram(st.dots.kind, kind)
		if err != nil {
			return err
		}
		buffer := r.res.points.pages[st.entry.records.page].buffer
		r.strokeTexels.Bind(gpu.StrokeUnit, buffer.ID, 0, buffer.Size)
		p.Use()
		p.Uint("drawRecord", st.record)
		r.behindGlass(p, beyond)
		p.Float("emission", st.emission)
		p.Int("metres", index(st.metres))
		p.Uint("firstPoint", uint32(st.entry.records.first))
		st.dots.set(p)
		r.quads.Draw(st.count)
	}
	return nil
}
