import { createGrammarPlanner } from "../../src/planning/grammar/grammar-planner.js";
import { describePlannerContract } from "./planner-contract.js";

describePlannerContract("grammar", createGrammarPlanner);
