// Package engines loads packages of longtake into the engines that its users have:
// CesiumJS and three.js with 3DTilesRendererJS, from npm, in headless Chromium. The pages
// draw on magenta what no tile covers; the test holds their silhouettes against ours.
package engines
