import { servicesIn, variablesIn } from "./compose.ts";
import { Engine } from "./engine.ts";

/**
 * Stands for `docker` where there is no engine: containers are processes of this machine. It knows the commands that
 * deploy.sh and docs/install.md use, and takes commands, environment and volumes from docker-compose.prod.yml.
 */

const [noun, ...rest] = Deno.args;
const engine = await Engine.open(Deno.env.get("REHEARSAL")!);

Deno.exit(await answer());

async function answer(): Promise<number> {
  if (noun === "compose") return await compose(rest[1]!, rest[2]!, rest.slice(3));
  if (noun === "tag") return await engine.tag(rest[0]!, rest[1]!);
  if (noun === "inspect") return print(engine.container(rest.at(-1)!)?.image);
  if (noun === "image" && rest[0] === "inspect") return print(engine.imageOf(rest.at(-1)!));
  if (noun === "image" && rest[0] === "prune") return await engine.prune();
  return misuse();
}

async function compose(file: string, verb: string, args: string[]): Promise<number> {
  const text = await Deno.readTextFile(file);
  const services = servicesIn(text, {
    ...variablesIn(await Deno.readTextFile(".env")),
    ...Deno.env.toObject(),
  });
  const has = (flag: string) => args.includes(flag);
  const patience = Number(args[args.indexOf("--wait-timeout") + 1]) || 120;
  const named = args.filter((arg) => arg in services);
  switch (verb) {
    case "build":
      return await engine.build("riff:latest");
    case "up": {
      if (engine.imageOf("riff:latest") === undefined) await engine.build("riff:latest");
      const usual = Object.keys(services).filter((name) => !services[name]!.profiles);
      for (const name of named.length > 0 ? named : usual) {
        const service = services[name]!;
        if (name === "migrate") {
          const code = await engine.run(name, service, service.command!);
          if (code !== 0) return code;
        } else if (!await engine.up(name, service, has("--force-recreate"), patience)) return 1;
      }
      return 0;
    }
    case "run": {
      const [service = "", ...command] = args.filter((arg) => !arg.startsWith("--") || arg === "--json");
      const options = args.slice(args.indexOf(service) + 1);
      const words = command.length > 0 ? options : services[service]!.command!;
      return await engine.run(service, services[service]!, words);
    }
    case "exec": {
      const [name = "", ...words] = args.slice(args.findIndex((arg) => arg in services));
      return await engine.exec(services[name]!, words, name);
    }
    case "rm":
      for (const name of named) await engine.stop(name);
      return 0;
    case "ps":
      if (has("--quiet")) return print(engine.container(named[0]!) && named[0], 0);
      for (const [name, service] of Object.entries(services)) {
        const health = await engine.health(name, service);
        if (health) print(`${name}  ${health}`);
      }
      return 0;
    case "logs":
      for (const name of named) print(await engine.log(name));
      return 0;
    default:
      return misuse();
  }
}

function print(text: string | undefined, otherwise = 1): number {
  if (text === undefined) return otherwise;
  console.log(text);
  return 0;
}

function misuse(): number {
  console.error(`The rehearsal knows no \`docker ${Deno.args.join(" ")}\``);
  return 2;
}
