using Nodal.Cli;
using Nodal.Cli.Output;

return Tool.Run(args, Terminal.OfProcess());
