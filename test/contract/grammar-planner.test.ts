import { createGrammarPlanner } from "../../src/planning/grammar/grammar-planner.js";
import { describeConditionalMissions } from "./conditional-missions.js";
import { describePlannerContract } from "./planner-contract.js";

describePlannerContract("grammar", createGrammarPlanner);
describeConditionalMissions("grammar", createGrammarPlanner);
