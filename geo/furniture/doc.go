// Package furniture stands single things outdoors as instances of geo/model: lamps,
// signals, benches, stops, masts, turbines, goals on pitches, stones in cemeteries. They
// come from mapped features; street lamps are also set along lit streets where none are
// mapped. What has a front looks to the street or the path beside it.
package furniture
