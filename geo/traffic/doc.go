// Package traffic fills streets with vehicles that depend on nothing but the time: any
// moment of any day can be asked for, in any order, and is always the same.
//
// The lanes of a street graph are chained into routes, every lane in exactly one of them,
// so that vehicles of different routes never share a lane. On each route a few vehicles
// set out in every cycle of the traffic signals. Their way is found once, by simulating
// the route with the Intelligent Driver Model (Treiber, Hennecke & Helbing 2000) until one
// cycle is like the next; what is kept of it is the distance covered by the time since
// setting out. A vehicle of another cycle, or hour, drives the same way: how many of them
// are on the road depends on the hour.
package traffic
