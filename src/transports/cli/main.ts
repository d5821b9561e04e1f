#!/usr/bin/env node
import { createProgram } from "./program.js";

process.exitCode = await createProgram().run(process.argv);
