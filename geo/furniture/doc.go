// Package furniture stands single things outdoors as instances of geo/model: lamps,
// signals, benches, stops, masts, turbines, goals on pitches, stones in cemeteries. They
// come from mapped features; street lamps are also set along lit streets where none are
// mapped. What has a front looks to the street or the path beside it.
//
// Plan positions are metres of the block's frame, heights metres above the ellipsoid, yaws
// radians counter-clockwise from east. A Maker is safe for concurrent use.
package furniture
