Console.WriteLine("usage: dotnet run -c Release --project tests/LastAccessedBot.Benchmarks -- narrow [FOLDER]");
