// Package scale maps fields of the data to colours and numbers.
//
// A layer type has properties of type ColorBy and NumberBy. It asks them for the colour or
// the number of every row (Colors, Numbers), or resolves them once against its table
// (Resolve): the ColorMap or NumberMap that it gets knows its domain, maps single values,
// and explains itself (Legend): the classes with their limits and colours, or a ramp with
// ticks at round values. What draws a legend needs nothing else:
//
//	m, err := by.Resolve(table)
//	l := m.Legend() // l.Classes, or l.Colors with l.Ticks
//
// Between the colours of a range a ramp goes through OKLab, where equal steps look equal;
// named palettes are joined in sRGB, as they were published. Vision tells how far apart the
// colours of a palette are to who does not see red, green or blue.
package scale
