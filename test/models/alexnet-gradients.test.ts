import { testNet } from "../support/check-net.ts";

testNet("alexnet");
