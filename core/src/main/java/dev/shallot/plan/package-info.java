/** What a run is: the plan, and the data that it trains on. */
package dev.shallot.plan;
