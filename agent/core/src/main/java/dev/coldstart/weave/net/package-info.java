/** What library files of network clients need: steps of connections across methods and threads. */
package dev.coldstart.weave.net;
