import FILES from "./files.json" with { type: "json" };

/** The Python that runs pytest and records what each test file depends on: by its path in the task's folder, the text. */
export const RECORDER_FILES: Readonly<Record<string, string>> = FILES;

/**
 * Loads that Python out of the folder that is the first argument, and runs it. It goes to Python by `-c`, so nothing has to be
 * importable in the project's environment. Its modules have names of files that no coverage measures and no traceback reads. There are
 * no double quotes in it: programs that start others on Windows disagree about them.
 */
export const PROGRAM: string = String.raw`import importlib.util, os, sys

folder = os.path.abspath(sys.argv[1])


class Files:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split('.')[0] != 'symbiotic_recorder':
            return None
        return importlib.util.spec_from_loader(name, Files, is_package='.' not in name)

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        names = (module.__name__ if '.' in module.__name__ else module.__name__ + '.__init__').split('.')
        with open(os.path.join(folder, *names) + '.py', encoding='utf-8') as file:
            text = file.read()
        exec(compile(text, '<' + module.__name__ + '>', 'exec'), module.__dict__)


sys.meta_path.insert(0, Files)
from symbiotic_recorder import program

sys.meta_path.remove(Files)
sys.exit(program.main())
`;
