// Package charts holds charts as layer types: panels on the screen, or in the world at a place
// or at each of the data's places. They are bound to fields of a source, aggregate rows, choose
// round ticks, and grow in as functions of time.
//
// They are painted on package canvas rather than by a chart library. Of those of Go that were
// looked at, go-analyze/charts (the living fork of go-charts) and gonum/plot draw no sankey, no
// treemap and no gauge, shape no text (Arabic, Devanagari), know no time between the first and
// the last look of a chart, and look like office print on dark glass; go-echarts writes pages,
// which the panel web shows.
package charts
